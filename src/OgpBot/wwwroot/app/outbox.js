// What the citizen says. It is kept on the device until the host has it, and sent again under the same id, so that it counts once.

const retryAfter = 3000;
let flushing = false;

const queue = () => JSON.parse(device.get('queue') ?? '[]');

const changeQueue = change => {
  const items = change(queue());
  device.set('queue', items.length ? JSON.stringify(items) : null);
};

const forget = id => changeQueue(items => items.filter(item => item.id !== id));

const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

const enqueue = text => {
  const item = { id: newId(), text };
  changeQueue(items => [...items, item]);
  return item;
};

const send = text => {
  const item = enqueue(text);
  drawMine(item.id, text);
  mark(item.id, isUp || !wasUp ? say.sending : say.waiting);
  at('offered').hidden = true;
  flush();
};

// What an earlier visit, or another tab, could not send.
const drawQueue = () => queue().filter(item => !sent.has(item.id)).forEach(item => {
  drawMine(item.id, item.text);
  mark(item.id, say.waiting);
});

const markQueue = words => queue().forEach(item => mark(item.id, words));

// One after another, in order; what goes wrong is tried again from there.
const flush = async () => {
  if (flushing || !joined) return;
  flushing = true;
  const mine = line;
  let more = true;
  try {
    for (let item = queue()[0]; item && more; item = queue()[0]) more = await post(item);
  } catch {
    down(mine);
  }

  flushing = false;

  // The line broke and came back while a request still waited for the old one.
  if (mine !== line && isUp) flush();
};

const post = async ({ id, text }) => {
  const activity = { type: 'message', from: { id: claims().user }, text, locale: data.lang, channelData: { clientActivityID: id } };
  let answer = await ask('POST', `${base}/${conversation}/activities`, activity);
  if (isForbidden(answer)) {
    await renew();
    answer = await ask('POST', `${base}/${conversation}/activities`, { ...activity, from: { id: claims().user } });
  }

  if (answer.ok) {
    forget(id);
    mark(id, '');
    showTyping(true);
    wake();
    return true;
  }

  if (isForbidden(answer) || answer.status === 404) throw answer;
  if (answer.status === 429 || answer.status >= 500) {
    mark(id, say.not_kept);
    setTimeout(flush, retryAfter);
    return false;
  }

  forget(id);
  mark(id, say.refused);
  at('box').value ||= text;
  return true;
};
