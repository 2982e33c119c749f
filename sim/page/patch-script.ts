/**
 * Browser script: `patch(element, html)` makes the element's content equal to the HTML by changing only what differs. So
 * the focus, what is typed, what is scrolled and what is unfolded stay as the person left them. Elements that may move
 * or vanish carry `data-key`; such a one lights up for a moment when it is new.
 */
export const patchScript = `
function patch(element, html) {
  const next = document.createElement('template');
  next.innerHTML = html;
  patchChildren(element, next.content);
}
function welcome(element) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  element.animate([{ backgroundColor: '#ddf4ff' }, { backgroundColor: 'transparent' }], { duration: 1200, easing: 'ease-out' });
}
function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.getAttribute('data-key') : null;
}
function patchChildren(now, next) {
  const wanted = new Set([...next.children].map(keyOf));
  const keyed = new Map();
  for (const child of [...now.children]) {
    if (keyOf(child) === null) continue;
    if (wanted.has(keyOf(child))) keyed.set(keyOf(child), child);
    else child.remove();
  }
  let cursor = now.firstChild;
  for (const child of [...next.childNodes]) {
    const key = keyOf(child);
    const same = key === null ? (cursor && keyOf(cursor) === null ? cursor : undefined) : keyed.get(key);
    if (!same) {
      now.insertBefore(child, cursor);
      if (key !== null) welcome(child);
      continue;
    }
    if (same === cursor) cursor = cursor.nextSibling;
    else now.insertBefore(same, cursor);
    patchNode(same, child);
  }
  while (cursor) {
    const following = cursor.nextSibling;
    cursor.remove();
    cursor = following;
  }
}
function patchNode(now, next) {
  if (now.nodeType !== next.nodeType || now.nodeName !== next.nodeName) {
    now.replaceWith(next);
    return;
  }
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.data !== next.data) now.data = next.data;
    return;
  }
  for (const { name, value } of [...next.attributes]) {
    if (name !== 'open' && now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  for (const { name } of [...now.attributes]) {
    if (name !== 'open' && !next.hasAttribute(name)) now.removeAttribute(name);
  }
  if (now.nodeName === 'INPUT' && now.type === 'radio') now.checked = next.hasAttribute('checked');
  if (now.nodeName !== 'TEXTAREA') patchChildren(now, next);
}
`;
