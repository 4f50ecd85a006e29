'use strict';
// What all pages have in common. Texts of the data are only ever set as text, never as markup.

const byId = id => document.getElementById(id);
const data = JSON.parse(byId('data').textContent);

function fill(made, text, attributes) {
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function element(name, text, attributes = {}) {
  return fill(document.createElement(name), text, attributes);
}

/** Shows a text beside the pointer, within the window; none if there is no text. */
function showTip(text, event) {
  const box = byId('tip');
  box.hidden = !text;
  if (!text) return;
  box.textContent = text;
  box.style.left = Math.max(4, Math.min(event.clientX + 14, window.innerWidth - box.offsetWidth - 8)) + 'px';
  const below = event.clientY + 18;
  box.style.top = (below + box.offsetHeight > window.innerHeight ? event.clientY - box.offsetHeight - 10 : below) + 'px';
}
