// The line to the host: Direct Line 3.0. A token, the conversation, and a socket that brings what is said; where no socket opens, asking.

const base = '/v3/directline/conversations';
const patience = 30000;
const longestPause = 15000;
const silence = 45000;

let token = device.get('token');
let conversation = null;
let joined = false;
let watermark = '';
let socket = null;

// Counts the attempts: what an older one still brings is not heeded.
let line = 0;
let failures = 0;
let isUp = false;
let wasUp = false;
let timer = 0;
let heard = 0;
let wake = () => { };

const claims = () => JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));

const isForbidden = answer => answer.status === 401 || answer.status === 403;

const ask = async (method, path, body) => {
  const limit = new AbortController();
  const ring = setTimeout(() => limit.abort(), patience);
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  if (body) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(path, { method, headers, body: body && JSON.stringify(body), signal: limit.signal });
  } finally {
    clearTimeout(ring);
  }
};

// An old token is the way back to its conversation; where that is gone, a new one begins.
const renew = async () => {
  const answer = await ask('POST', '/chat/token');
  if (!answer.ok) throw answer;
  hold(await answer.json());
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
    if (!token) await renew();
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

const listen = (address, mine) => {
  // Always to where the page came from, whatever a proxy made of the address.
  const url = new URL(address, location.href);
  url.protocol = location.protocol.replace('http', 'ws');
  url.host = location.host;
  url.searchParams.set('watermark', watermark);
  let opened = false;
  socket = new WebSocket(url);
  socket.onopen = () => {
    opened = true;
    heard = Date.now();
    if (mine === line) up();
  };
  socket.onmessage = frame => {
    // An empty frame only says that the line is alive.
    heard = Date.now();
    if (mine === line && frame.data) take(JSON.parse(frame.data));
  };
  socket.onclose = () => {
    if (mine !== line) return;
    if (opened) timer = setTimeout(open, Math.random() * 1000);
    else poll(mine);
  };
};

const poll = async mine => {
  try {
    while (mine === line) {
      await fetchNew();
      up();
      await new Promise(next => {
        wake = next;
        setTimeout(next, at('typing').hidden ? 3000 : 300);
      });
    }
  } catch {
    down(mine);
  }
};

const fetchNew = async () => {
  const answer = await ask('GET', `${base}/${conversation}/activities?watermark=${watermark}`);
  if (!answer.ok) throw answer;
  take(await answer.json());
};

// A socket that died far away says nothing: the host sends something every 15 seconds, so a long silence is its end.
setInterval(() => {
  if (socket?.readyState === WebSocket.OPEN && Date.now() - heard > silence) open();
}, silence / 3);

const take = set => {
  log.ariaBusy = past;
  set.activities.forEach(draw);
  if (set.watermark) watermark = Math.max(watermark, set.watermark);
  if (past && set.activities.length) settle();
  moveFocus();
  offer();
};

// The history is there; what follows is news.
const settle = () => {
  drawQueue();
  if (sent.size) latest?.item.scrollIntoView({ block: 'start' });
  past = follow = false;
  log.ariaBusy = false;
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
