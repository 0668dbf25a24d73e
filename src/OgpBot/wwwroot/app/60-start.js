// What the citizen does on the page, and how it begins.

const box = at('box');
const warnAt = 1800;
const longest = 2000;
const query = new URLSearchParams(location.search);

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

// A link such as /?eje=3 or /?texto=… offers an answer; the citizen gives it, not the link.
const readOffer = () => {
  const offered = { axis: data.axes[query.get('eje')], text: query.get('texto') };
  if (!offered.axis && !offered.text) return;
  tab.set('offer', JSON.stringify({ ...offered, start: true }));
  history.replaceState(null, '', query.has('lang') ? `/?lang=${data.lang}` : '/');
};

const offer = () => {
  const offered = JSON.parse(tab.get('offer'));
  if (!offered || !latest) return;
  const button = label => [...latest.item.querySelectorAll('button:enabled')].find(each => each.textContent === label);
  const begin = offered.start && button(data.start);
  offered.start = false;
  if (begin) {
    tab.set('offer', JSON.stringify(offered));
    begin.click();
    return;
  }

  if (offered.axis && button(offered.axis)) {
    button(offered.axis).classList.add('offered');
    showOffered(say.offered_choice);
    offered.axis = null;
  } else if (offered.text && latest.progress && !latest.labels.length) {
    box.value ||= offered.text;
    typed();
    showOffered(say.offered_text);
    offered.text = null;
  }

  tab.set('offer', offered.axis || offered.text ? JSON.stringify(offered) : null);
};

const showOffered = words => {
  at('offered').textContent = words;
  at('offered').hidden = false;
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
  if (change.key === 'ogpbot.token' && !change.newValue) leave();
});
start();
