// The receipt: a folio and a key that are easy to copy, print and keep, with the text that was filed and a code that opens it on another device.

const receiptLine = (line, { folio, folio_key: key }) => line && (line === folio || line === key) ? [make('strong', line === folio ? 'folio' : 'key', line)] : null;

const addReceipt = (item, activity, summary) => {
  const { folio, folio_key: key } = activity.channelData.facts;
  item.classList.add('receipt');
  const tools = make('div', 'tools');
  const copied = make('span', 'small');
  copied.setAttribute('role', 'status');
  const filed = summary?.isSummary ? summary.lines.slice(1) : [];
  tools.append(
    pressable(say.copy, () => copy(folio).then(() => copied.textContent = say.copied)),
    pressable(say.print, () => print()),
    pressable(say.save, () => save(folio, key, activity.timestamp, filed)),
    copied);
  (item.querySelector('.key') ?? item.querySelector('.folio')).parentElement.after(tools, ...codeOf(folio, key));
  if (filed.length) item.append(filedText(filed));
};

// Behind the # it is never sent to a server.
const codeOf = (folio, key) => {
  const code = key && drawQr(`${location.origin}/#${folio}.${key}`, say.qr);
  return code ? [code, make('p', 'small', say.qr_text)] : [];
};

const filedText = lines => {
  const details = make('details');
  details.append(make('summary', '', say.filed));
  addLines(details, lines, labelled);

  // What is folded away would not be printed.
  addEventListener('beforeprint', () => details.open = true);
  return details;
};

const copy = async text => {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }

  // Without https there is no clipboard but this old one.
  const range = document.createRange();
  range.selectNodeContents([...log.querySelectorAll('.folio')].find(element => element.textContent === text));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  document.execCommand('copy');
};

const save = (folio, key, timestamp, lines) => {
  const when = new Date(timestamp ?? Date.now()).toLocaleString(data.lang, { dateStyle: 'long', timeStyle: 'short' });
  const text = [data.title, `${say.folio}: ${folio}`, ...(key ? [`${say.key}: ${key}`] : []), when, '', ...lines].join('\r\n') + '\r\n';
  const link = make('a');

  // The mark at the front tells old editors that the text is UTF-8.
  link.href = URL.createObjectURL(new Blob(['\ufeff' + text], { type: 'text/plain' }));
  link.download = `${folio}.txt`;
  link.click();
};
