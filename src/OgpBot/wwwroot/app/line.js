// The line to the host: Direct Line 3.0. A token, the conversation, and a socket that brings what is said; where no socket opens, asking.

const longestPause = 15000;

let conversation = null;
let joined = false;

// The conversation of which nothing is left.
let erased = null;
let watermark = '';
let socket = null;

// Counts the attempts: what an older one still brings is not heeded.
let line = 0;
let failures = 0;
let isUp = false;
let wasUp = false;
let timer = 0;

// An old token is the way back to its conversation; where that is gone, a new one begins.
const renew = async () => {
  const answer = await ask('POST', '/chat/token');
  if (!answer.ok) throw answer;
  hold(await answer.json());
};

// Tabs that open at once at a first visit share one conversation: the first asks, the others find what it got. What one tab stores reaches another one
// a moment later, so the lock is kept a second longer. Not every browser has locks, or gives one to a frame of another site.
const firstToken = () => navigator.locks
  ? new Promise((found, failed) => navigator.locks
    .request('ogpbot', () => findOrRenew().then(found).then(() => new Promise(release => setTimeout(release, 1000))))
    .catch(error => error.name === 'SecurityError' ? findOrRenew().then(found, failed) : failed(error)))
  : findOrRenew();

const findOrRenew = async () => {
  token = device.get('token');
  if (token && claims().conv === erased) token = null;
  if (!token) await renew();
};

const hold = held => {
  token = held.token;
  device.set('token', token);
  if (conversation && conversation !== held.conversationId) beginAgain();
  conversation = held.conversationId;
};

const beginAgain = () => {
  joined = false;
  watermark = '';
  log.replaceChildren(make('p', 'notice', say.begun_again));
  sent.clear();
  early = [];
  latest = null;
};

const enter = () => joined
  ? ask('GET', `${base}/${conversation}?watermark=${watermark}`)
  : ask('POST', base, { locale: data.lang });

const open = async () => {
  clearTimeout(timer);
  const mine = ++line;
  socket?.close();
  try {
    if (!token) await firstToken();
    let answer = await enter();
    if (isForbidden(answer) || answer.status === 404) {
      await renew();
      answer = await enter();
    }

    if (!answer.ok) throw answer;
    const held = await answer.json();
    if (mine !== line) return;
    hold(held);
    joined = true;
    if (answer.status === 201) device.set('lang', data.lang);
    listen(held.streamUrl, mine);
    flush();
  } catch {
    down(mine);
  }
};

const up = () => {
  failures = 0;
  if (!isUp) markQueue(say.sending);
  isUp = wasUp = true;
  showState(say.connected);
  flush();
};

const down = mine => {
  if (mine !== line) return;
  line++;
  socket?.close();
  isUp = false;
  wasUp = true;
  showTyping(false);
  showState(say.offline);
  markQueue(say.waiting);
  const pause = Math.min(longestPause, 1000 * 2 ** failures++);
  timer = setTimeout(open, pause * (0.5 + Math.random() / 2));
};

// Said once, not at each attempt.
const showState = words => {
  const state = at('state');
  if (state.textContent !== words) state.textContent = words;
  state.className = words === say.offline ? 'bad' : '';
};
