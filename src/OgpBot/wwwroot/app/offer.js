// A link such as /?eje=3 or /?texto=… offers an answer; the citizen gives it, not the link.
const query = new URLSearchParams(location.search);

const readOffer = () => {
  const offered = { axis: data.axes[query.get('eje')], text: query.get('texto') };
  if (!offered.axis && !offered.text) return;
  tab.set('offer', JSON.stringify({ ...offered, start: true }));
  history.replaceState(null, '', query.has('lang') ? `/?lang=${data.lang}` : '/');
};

const offer = () => {
  const offered = JSON.parse(tab.get('offer'));
  if (!offered || !latest) return;
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

const showOffered = words => {
  at('offered').textContent = words;
  at('offered').hidden = false;
};
