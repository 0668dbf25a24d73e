// What the citizen does on the page, and how it begins.

const box = at('box');
const warnAt = 1800;
const longest = 2000;

const submit = event => {
  event?.preventDefault();
  const text = box.value.trim();
  if (!text) return;
  box.value = '';
  typed();
  send(text);
};

// The box grows with its text; what stands in it survives a reload.
const typed = () => {
  tab.set('draft', box.value || null);
  box.style.height = 'auto';
  box.style.height = box.value ? `${box.scrollHeight + 4}px` : '';
  const length = [...box.value.trim()].length;
  const words = length > longest ? say.letters_over : length > warnAt ? say.letters_left : '';
  at('count').textContent = words.replace('{n}', Math.abs(longest - length));
};

// The bot's own command changes the language of the conversation; the page follows.
const noticeLanguage = text => {
  const found = Object.keys(data.languages).find(language => data.languages[language].changed === text);
  if (!found) return;
  device.set('lang', found);
  if (!past && found !== data.lang) location.replace(`/?lang=${found}`);
};

// A page that was asked for in another language than the conversation's changes it; a page that was only opened follows the conversation.
const matchLanguage = () => {
  const spoken = device.get('lang');
  if (!token || !data.languages[spoken] || spoken === data.lang) return false;
  if (!query.has('lang')) {
    location.replace(`/?lang=${spoken}`);
    return true;
  }

  device.set('lang', data.lang);
  enqueue(data.languages[spoken].command);
  enqueue(data.languages[data.lang].label);
  return false;
};

const leave = () => {
  line++;
  joined = false;
  clearTimeout(timer);
  socket?.close();
  ['token', 'lang', 'queue'].forEach(key => device.set(key, null));
  ['draft', 'offer'].forEach(key => tab.set(key, null));
  const again = make('a', '', say.left_again);
  again.href = `/?lang=${data.lang}`;
  const words = make('p', 'notice', say.left);
  words.setAttribute('role', 'status');
  words.tabIndex = -1;
  at('chat').replaceChildren(words, again);
  at('leave').hidden = true;
  words.focus();
};

const start = () => {
  readOffer();
  if (matchLanguage()) return;
  at('chat').hidden = at('leave').hidden = false;
  box.value = tab.get('draft') ?? '';
  typed();
  at('typing').textContent = say.typing;
  showState(say.connecting);
  if (!token) {
    early = data.welcome.map(({ text, choices }) => {
      latest = drawBot({ text, suggestedActions: { actions: choices.map(title => ({ title })) } });
      return { text, item: latest.item };
    });
    past = false;
    drawQueue();
    offer();
  }

  open();
};

at('form').addEventListener('submit', submit);
box.addEventListener('input', typed);
box.addEventListener('keydown', key => {
  if (key.key !== 'Enter' || key.shiftKey || key.isComposing) return;
  answered = null;
  submit(key);
});
at('languages').addEventListener('click', click => {
  if (!isUp && wasUp) click.preventDefault();
});
at('leave').addEventListener('click', () => at('sure').showModal());
at('sure').addEventListener('close', () => {
  if (at('sure').returnValue === 'yes') leave();
});
addEventListener('offline', () => down(line));
addEventListener('online', () => isUp || open());
addEventListener('storage', change => {
  // Another tab has left: nothing may stay behind in this one.
  if ((change.key ?? 'ogpbot.token') === 'ogpbot.token' && !change.newValue) leave();
});
start();
