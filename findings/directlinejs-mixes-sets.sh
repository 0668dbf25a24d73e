#!/usr/bin/env bash
# botframework-directlinejs 0.15.8 (npm; the client inside Web Chat): two sets of activities that come close together over the WebSocket are
# handed on mixed. It gives each set to RxJS with an asynchronous scheduler, one activity per timer, so that the first activity of the second
# set overtakes the second one of the first. The watermark, told in the sets, says another order.
# Seen: the server sends a,b and at once c,d; activity$ tells a c b d. With one activity in each set: a b c d. Way round: order by the ids.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts botframework-directlinejs@0.15.8 ws@8.18.3 xhr2@0.2.1

cat > try.cjs <<'JS'
const http = require('http');
const { WebSocketServer, WebSocket } = require('ws');
global.XMLHttpRequest = require('xhr2');
global.WebSocket = WebSocket;
const { DirectLine } = require('botframework-directlinejs');

async function order(sets) {
  const server = http.createServer((request, response) => {
    const { port } = server.address();
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ conversationId: 'k', token: 't', expires_in: 1800, streamUrl: `ws://127.0.0.1:${port}/stream` }));
  });
  new WebSocketServer({ server }).on('connection', socket => sets.forEach((texts, index) => socket.send(JSON.stringify({
    activities: texts.map(text => ({ type: 'message', id: text, text, from: { id: 'bot' }, timestamp: '2026-01-05T10:00:00.000Z' })),
    watermark: String(index + 1)
  }))));
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const client = new DirectLine({ domain: `http://127.0.0.1:${server.address().port}`, token: 't' });
  const heard = [];
  await new Promise(done => client.activity$.subscribe(activity => heard.push(activity.text) === 4 && done(), () => {}));
  client.end();
  server.closeAllConnections();
  return heard.join(' ');
}

(async () => {
  console.log(`two sets of two: ${await order([['a', 'b'], ['c', 'd']])}`);
  console.log(`four sets of one: ${await order([['a'], ['b'], ['c'], ['d']])}`);
  process.exit(0);
})();
JS

seen=$(timeout 60 node try.cjs)
printf '%s\n' "$seen"
[ "$seen" = $'two sets of two: a c b d\nfour sets of one: a b c d' ]
