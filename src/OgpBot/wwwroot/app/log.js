// The conversation on the page.

const log = at('log');
const seen = new Set();
const sent = new Map();

// The welcome that came with the page, until the same one comes from the conversation.
let early = [];

// Whether what is drawn is history, which is not read out and moves no focus.
let past = true;

// The last message of the bot, and the one whose button was pressed by keyboard: from there the focus goes on to the next question.
let latest = null;
let answered = null;
let follow = false;

const draw = activity => {
  if (activity.type === 'typing' && activity.from?.role !== 'user') showTyping(true);
  if (activity.type !== 'message' || seen.has(activity.id)) return;
  seen.add(activity.id);

  // A text that was erased for its age leaves nothing to show.
  if (!activity.text) return;
  if (activity.from.role === 'user') drawEcho(activity);
  else drawAnswer(activity);
};

const drawEcho = activity => {
  const id = activity.channelData?.clientActivityID ?? activity.id;
  forget(id);
  if (!sent.has(id)) drawMine(id, activity.text);
  mark(id, '');
};

const drawAnswer = activity => {
  showTyping(false);
  if (early.length) {
    if (early[0].text === activity.text) {
      early.shift();
      return;
    }

    early.splice(0).forEach(welcome => welcome.item.remove());
  }

  // Of what was erased nothing may stay in sight.
  if (activity.text === data.erased) {
    log.replaceChildren();
    sent.clear();
    tab.set('draft', null);
  }

  noticeLanguage(activity.text);
  const before = latest;
  latest = drawBot(activity);
  showProgress(latest);
  if (activity.channelData?.facts?.folio) addReceipt(latest.item, activity, before);
  if (past || !follow) return;
  follow = false;
  latest.item.scrollIntoView({ block: 'start' });
};

const drawBot = activity => {
  const progress = activity.channelData?.progress;
  const lines = activity.text.split('\n');
  const step = progress ? lines.shift() : '';
  const item = make('div', 'bot');
  item.append(make('span', 'sr', `${say.bot} ${step} `));
  const labels = activity.suggestedActions?.actions.map(action => action.title) ?? [];
  const isSummary = progress && progress.step === progress.of && labels.length > 0;
  const facts = activity.channelData?.facts ?? {};
  addLines(item, lines, line => receiptLine(line, facts) ?? (isSummary ? labelled(line) : asked(line)));
  if (labels.length) item.append(choicesOf(labels));

  // The way on that most people came for stands out.
  if (isSummary || labels[0] === data.start) item.querySelector('.choices button').className = 'main';
  log.append(item);
  return { item, lines, labels, step, progress, isSummary };
};

const choicesOf = labels => {
  const group = make('div', labels.length > 8 ? 'choices many' : 'choices');
  group.append(...labels.map(label => pressable(label, press => {
    answered = press.detail === 0 ? latest : null;
    send(label);
  })));
  return group;
};

// Once answered, the buttons of a question can't be pressed again, and the one that was chosen stays in sight.
const useChoices = text => {
  let chosen = false;
  log.querySelectorAll('.choices:not(.used)').forEach(group => {
    group.classList.add('used');
    for (const button of group.children) {
      button.disabled = true;
      if (button.textContent !== text) continue;
      button.setAttribute('aria-pressed', 'true');
      chosen = true;
    }
  });
  return chosen;
};

const drawMine = (id, text) => {
  const item = make('div', useChoices(text) ? 'mine chosen' : 'mine');
  const words = make('p', '', text);
  words.dir = 'auto';
  item.append(make('span', 'sr', say.you + ' '), words, make('p', 'note'));
  log.append(item);
  sent.set(id, item);
  follow = true;
  if (!past) item.scrollIntoView({ block: 'nearest' });
};

// How it stands with a message of the citizen; empty: it is kept.
const mark = (id, words) => {
  const item = sent.get(id);
  if (!item) return;
  const note = item.querySelector('.note');
  note.textContent = words;

  // "Sending" passes too quickly to be read out.
  note.ariaHidden = words === say.sending;
  item.classList.toggle('kept', !words);
};

const showTyping = on => at('typing').hidden = !on;

const showProgress = ({ progress, step }) => {
  at('progress').hidden = !progress;
  if (!progress) return;
  at('step').textContent = step;
  at('bar').max = progress.of;
  at('bar').value = progress.step;
};

// The next question gets the focus of those who answered the last one by keyboard.
const moveFocus = () => {
  if (!answered || answered === latest || past) return;
  answered = null;
  (latest?.item.querySelector('.choices button:enabled') ?? at('box')).focus({ preventScroll: true });
};
