// The citizen's page. The host joins these files into one script with one scope (Pages/PageAssets.cs has their order).
// This one: what the page brings along, and what the browser remembers.

const at = id => document.getElementById(id);
const data = JSON.parse(at('data').textContent);
const say = data.say;

// Text goes into the page as text, never as markup.
const make = (tag, name, text) => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
};

const pressable = (text, action) => {
  const button = make('button', '', text);
  button.type = 'button';
  button.addEventListener('click', action);
  return button;
};

// Where a browser refuses to remember (private windows, frames of other sites) the chat works all the same; only coming back does not.
const memory = area => {
  const rest = {};
  return {
    get: key => {
      try {
        return area().getItem('ogpbot.' + key);
      } catch {
        return rest[key] ?? null;
      }
    },
    set: (key, value) => {
      rest[key] = value;
      try {
        if (value === null) area().removeItem('ogpbot.' + key);
        else area().setItem('ogpbot.' + key, value);
      } catch { }
    },
  };
};

// The device keeps: token (the way back to the conversation), lang (of the conversation), queue (what is still to be sent).
// The tab keeps, until it is closed: draft (what stands in the box), offer (what a link brought).
const device = memory(() => localStorage);
const tab = memory(() => sessionStorage);
