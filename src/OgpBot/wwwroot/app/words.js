// The bot's words: which of them stand out, and which lead somewhere.

const addLines = (item, lines, toNode) => lines.forEach(line => {
  const paragraph = make('p');
  paragraph.dir = 'auto';
  paragraph.append(...toNode(line));
  item.append(paragraph);
});

// `Problem: …` of the summary, so that the eye finds what it checks.
const labelled = line => {
  const end = line.indexOf(': ');
  return end > 0 && end < 30 ? [make('b', '', line.slice(0, end + 1)), line.slice(end + 1)] : [line];
};

// What is asked is what the eye looks for.
const asked = line => {
  const question = line.match(/[^.?!:«]*\?(?= |$)/);
  if (!question) return linked(line);
  const end = question.index + question[0].length;
  return [...linked(line.slice(0, question.index)), make('b', '', question[0]), ...linked(line.slice(end))];
};

// Pages of ours, in the language of this one, and https addresses become links; they open beside the chat.
const linked = line => line.split(/((?:https:\/\/|\/[a-z])[^\s«»<>"]*[^\s«»<>".,;:!?)])/).map((part, index, parts) => {
  if (index % 2 === 0 || (part[0] === '/' && /\S$/.test(parts[index - 1]))) return part;
  const url = new URL(part, location.href);
  if (url.origin === location.origin && !url.search) url.search = `lang=${data.lang}`;
  const link = make('a', '', part[0] === '/' ? location.host + part : part);
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return link;
});
