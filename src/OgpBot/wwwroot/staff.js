// The keys of the desk. All that they do can be done without them: each presses a link or a button of the page.
(() => {
  'use strict';
  document.addEventListener('keydown', event => {
    const held = (event.ctrlKey ? 'ctrl+' : '') + (event.altKey ? 'alt+' : '');
    const key = event.key.toLowerCase();
    const typing = /^(input|textarea|select)$/i.test(event.target.tagName);
    const name = held === '' && key === '?' && !typing ? '?' : held === '' ? null : held + key;
    const target = name && document.querySelector(`[data-key="${CSS.escape(name)}"]`);
    if (!target) {
      return;
    }
    event.preventDefault();
    if (target.matches('input, textarea, select')) {
      target.focus();
    } else if (target.matches('details')) {
      target.open = !target.open;
      target.querySelector('summary').focus();
    } else {
      target.click();
    }
  });
})();
