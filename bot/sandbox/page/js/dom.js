// Building and renewing the page. Text enters as text nodes only: nothing here parses markup.

import { word } from "./words.js";

/** An element. `word`, `label` and `hint` are keys of the page's words and follow a change of language. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "word") bind(node, "word", value);
  else if (name === "label") bind(node, "label", value);
  else if (name === "hint") bind(node, "hint", value);
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

function bind(node, kind, key) {
  node.dataset[kind] = key;
  speak(node, kind);
}

function speak(node, kind) {
  const text = word(node.dataset[kind]);
  if (kind === "word") node.textContent = text;
  else if (kind === "label") node.setAttribute("aria-label", text);
  else node.setAttribute(node.matches("textarea, input") ? "placeholder" : "title", text);
}

/** Give another word to an element made with `word`, `label` or `hint`. */
export function say(node, kind, key) {
  if (node.dataset[kind] !== key) bind(node, kind, key);
}

/** Say every bound word again, after the language has changed. */
export function translate(root) {
  for (const kind of ["word", "label", "hint"]) {
    for (const node of [root, ...root.querySelectorAll(`[data-${kind}]`)]) if (node.dataset?.[kind]) speak(node, kind);
  }
}

const stamps = new WeakMap();
const FOCUSABLE = "button, a[href], input, textarea, select, [tabindex]";

/**
 * Bring the children of `parent` in line with `items` ({key, stamp}), touching only what has changed:
 * scroll, selection and focus in the others stay as they are.
 */
export function reconcile(parent, items, make) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const known = old.get(String(item.key));
    old.delete(String(item.key));
    const node = known && stamps.get(known) === item.stamp ? known : make(item);
    if (node !== known) {
      node.dataset.key = item.key;
      stamps.set(node, item.stamp);
      if (known) {
        if (place === known) place = node;
        exchange(known, node);
      }
    }
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  for (const node of old.values()) node.remove();
}

/** Replace a node; the key that was being used keeps the focus if it is still there. */
function exchange(known, fresh) {
  const keys = [...known.querySelectorAll(FOCUSABLE)];
  const used = keys.indexOf(document.activeElement);
  known.replaceWith(fresh);
  if (used < 0) return;
  const left = [...fresh.querySelectorAll(FOCUSABLE)];
  const next = left[Math.min(used, left.length - 1)];
  if (next) next.focus({ preventScroll: true });
}

/** Run `read` now, or once more after the run under way: a burst of changes costs two reads. */
export function coalesced(read) {
  let running = false;
  let again = false;
  return async function run() {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        await read();
      }
    } finally {
      running = false;
    }
  };
}
