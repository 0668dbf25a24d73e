// For a city's own site: <script src="https://…/embed.js" defer></script>. It puts a button on the page that opens the chat in a frame.
// Only the sites of the settings may frame the chat; elsewhere the button is a link to it.
(() => {
  'use strict';
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const origins = {{origins}};
  const style = 'position:fixed;right:16px;bottom:16px;z-index:2147483000;box-sizing:border-box;min-height:48px;padding:12px 20px;border:2px solid #fff;'
    + 'border-radius:8px;background:#0b4a46;color:#fff;font:600 16px/1.4 system-ui,sans-serif;text-decoration:none;cursor:pointer';
  const language = script.dataset.lang ? `/?lang=${encodeURIComponent(script.dataset.lang)}` : '/';
  const words = { open: script.dataset.open || "{{embed_open}}", close: script.dataset.close || "{{embed_close}}" };
  const allowed = location.origin === home || origins.includes(location.origin);
  const button = document.createElement(allowed ? 'button' : 'a');
  button.style.cssText = style;
  button.textContent = words.open;
  document.body.append(button);
  if (!allowed) {
    button.href = home + language;
    return;
  }

  let frame = null;
  const show = open => {
    if (open && !frame) {
      frame = document.createElement('iframe');
      frame.src = home + language;
      frame.title = words.open;
      frame.allow = 'clipboard-write';
      frame.style.cssText = 'position:fixed;right:16px;bottom:80px;z-index:2147483000;box-sizing:border-box;width:min(440px,calc(100vw - 32px));'
        + 'height:min(720px,calc(100vh - 96px));border:2px solid #0b4a46;border-radius:8px;background:#fff';
      document.body.append(frame);
    }

    frame.style.display = open ? 'block' : 'none';
    button.textContent = open ? words.close : words.open;
    button.setAttribute('aria-expanded', open);
    (open ? frame : button).focus();
  };
  button.type = 'button';
  button.setAttribute('aria-expanded', 'false');
  button.addEventListener('click', () => show(!frame || frame.style.display === 'none'));
})();
