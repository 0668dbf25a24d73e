// The sample of botframework-directlinejs' README in Node, unmodified client: node readme-sample.cjs DOMAIN secret|token VALUE
// It says «menú» under an id of its own and prints what it hears, until it has heard itself and the answer: the client mixes sets of activities that come
// close together (findings/directlinejs-mixes-sets.sh), so that either may come first.
global.XMLHttpRequest = require('xhr2');
global.WebSocket = require('ws');
const { DirectLine } = require('botframework-directlinejs');

const [domain, kind, value] = process.argv.slice(2);
const directLine = new DirectLine({ domain, [kind]: value });
let posted;
const heard = [];
const endOnceAnswered = () => { if (posted && heard.some(a => a.id === posted) && heard.some(a => a.replyToId === posted)) end(0); };
const end = code => process.stdout.write('', () => process.exit(code));

directLine.activity$.subscribe(activity => {
  console.log(JSON.stringify({ from: activity.from, text: activity.text, replyToId: activity.replyToId }));
  heard.push(activity);
  endOnceAnswered();
});

directLine
  .postActivity({
    from: { id: 'myUserId', name: 'myUserName' },
    type: 'message',
    text: 'menú'
  })
  .subscribe(
    id => { posted = id; console.log(JSON.stringify({ posted: id })); if (id === 'retry') end(1); endOnceAnswered(); },
    error => { console.error(String(error)); end(1); }
  );
