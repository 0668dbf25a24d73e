// A link such as /?eje=3 or /?texto=…, or a receipt's code, offers an answer; the citizen gives it, not the link.
const query = new URLSearchParams(location.search);

const readOffer = () => {
  const receipt = location.hash.match(/^#([0-9A-Z-]+)\.([0-9A-Z-]{19})$/);
  const offered = { axis: data.axes[query.get('eje')], text: query.get('texto'), receipt: receipt && `${receipt[1]} ${receipt[2]}` };
  if (!offered.axis && !offered.text && !offered.receipt) return;
  tab.set('offer', JSON.stringify({ ...offered, start: true }));
  history.replaceState(null, '', query.has('lang') ? `/?lang=${data.lang}` : '/');
};

const offer = () => {
  const offered = JSON.parse(tab.get('offer'));
  if (!offered || !latest) return;
  if (offered.receipt) {
    offerReceipt(offered);
    return;
  }

  const button = label => [...latest.item.querySelectorAll('button:enabled')].find(each => each.textContent === label);
  const begin = offered.start && button(data.start);
  offered.start = false;
  if (begin) {
    tab.set('offer', JSON.stringify(offered));
    begin.click();
    return;
  }

  if (offered.axis && button(offered.axis)) {
    button(offered.axis).classList.add('offered');
    showOffered(say.offered_choice);
    offered.axis = null;
  } else if (offered.text && latest.progress && !latest.labels.length) {
    box.value ||= offered.text;
    typed();
    showOffered(say.offered_text);
    offered.text = null;
  }

  tab.set('offer', offered.axis || offered.text ? JSON.stringify(offered) : null);
};

const offerReceipt = offered => {
  if (offered.start) {
    tab.set('offer', JSON.stringify({ ...offered, start: false }));
    send(data.mine.command);
  } else if (latest.lines.join('\n') === data.mine.ask) {
    tab.set('offer', null);
    box.value ||= offered.receipt;
    typed();
    showOffered(say.offered_receipt);
  }
};

const showOffered = words => {
  at('offered').textContent = words;
  at('offered').hidden = false;
};
