// What the conversation brings: over a socket, or by asking where none opens.

const silence = 45000;
let heard = 0;
let wake = () => { };

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
  // All of it was erased for its age: that conversation is over, and a new one begins.
  if (!latest && !sent.size) {
    erased = conversation;
    token = conversation = null;
    joined = false;
    watermark = '';
    open();
    return;
  }

  drawQueue();
  if (sent.size) latest?.item.scrollIntoView({ block: 'start' });
  past = follow = false;
  log.ariaBusy = false;
};
