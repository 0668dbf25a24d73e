// Plays one conversation through the unmodified packages: a local Direct Line that posts to the bot, and a standard client of it.
// Arguments: the bot's address, and a file with the lines to say. Each message of the bot is written as a line of JSON.
const { readFileSync } = require('fs');
const { createServer } = require('net');
// What browsers have. The stream is not used: the local Direct Line has none.
global.XMLHttpRequest = require('xhr2');
global.WebSocket = class {};
const express = require('express');
const offline = require('offline-directline');
const { DirectLine } = require('botframework-directlinejs');

const [bot, script] = process.argv.slice(2);
const lines = readFileSync(script, 'utf8').split('\n').filter(Boolean);
console.log = console.error;

const free = createServer().listen(0, '127.0.0.1', () => {
  const { port } = free.address();
  free.close(() => {
    offline.initializeRoutes(express(), port, bot);
    play(new DirectLine({ domain: `http://127.0.0.1:${port}/directline`, webSocket: false, pollingInterval: 200 }));
  });
});

// A line [pattern, text]: when the bot's message begins so, the text is said.
function play(line) {
  const steps = lines.map(text => JSON.parse(text));
  line.activity$.filter(activity => activity.type === 'message' && activity.from.name === 'Bot').subscribe(activity => {
    process.stdout.write(JSON.stringify({ text: activity.text, choices: (activity.suggestedActions || { actions: [] }).actions.map(action => action.value) }) + '\n');
    if (steps.length > 0 && activity.text.startsWith(steps[0][0])) {
      say(line, steps.shift()[1]);
    } else if (steps.length === 0) {
      process.exit(0);
    }
  });
  say(line, 'hola');
}

function say(line, text) {
  line.postActivity({ type: 'message', from: { id: 'citizen', name: 'Citizen' }, text }).subscribe(() => {}, error => { console.error(error); process.exit(1); });
}
