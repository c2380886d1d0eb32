// Text with the Bot API's entities as elements. Offsets are UTF-16 units, which is what JavaScript counts in.

import { h } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", date_time: "time",
};
const FOUND = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]»]|(?<=^|[\s(])\/[a-z][a-z0-9_]{0,31}(?![\w/])/gi;
const START = /^(?:https?:\/\/t\.me\/\w+\?|tg:\/\/resolve\?(?:.*&)?)start=([\w-]{1,64})/;

/** `command(text)` is called when somebody taps a command or a link that starts the bot. */
export function formatted(text, entities, command) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return between(text, 0, text.length, sorted, { command, plain: false });
}

function between(text, start, end, entities, mode) {
  const out = document.createDocumentFragment();
  let at = start;
  for (let i = 0; i < entities.length; ) {
    const entity = entities[i];
    const stop = Math.min(entity.offset + entity.length, end);
    let next = i + 1;
    while (next < entities.length && entities[next].offset < stop) next += 1;
    out.append(...detected(text.slice(at, entity.offset), mode));
    const covered = text.slice(entity.offset, stop);
    const inside = (plain) => between(text, entity.offset, stop, entities.slice(i + 1, next), { ...mode, plain });
    out.append(element(entity, covered, inside, mode));
    at = stop;
    i = next;
  }
  out.append(...detected(text.slice(at, end), mode));
  return out;
}

function element(entity, covered, inside, mode) {
  switch (entity.type) {
    case "text_link": return link(entity.url, inside(true), mode);
    case "url": return link(covered.includes("://") ? covered : `https://${covered}`, inside(true), mode);
    case "email": return link(`mailto:${covered}`, inside(true), mode);
    case "bot_command": return tapped(covered, inside(true), mode);
    case "spoiler": return spoiler(inside(mode.plain));
    case "code":
    case "pre": return h(TAGS[entity.type], {}, inside(true));
    default: return h(TAGS[entity.type] ?? "span", {}, inside(mode.plain));
  }
}

function detected(text, mode) {
  if (mode.plain) return [text];
  const out = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(FOUND)) {
    out.push(text.slice(at, index), found.startsWith("/") ? tapped(found, found, mode) : link(found, found, mode));
    at = index + found.length;
  }
  out.push(text.slice(at));
  return out;
}

/** The bot's own start links act here, as they would in Telegram; others open beside the page. */
export function link(url, content, mode) {
  const start = START.exec(url ?? "");
  if (start) return tapped(`/start ${start[1]}`, content, mode);
  if (!/^(https?|mailto):/i.test(url ?? "")) return h("span", {}, content);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, content);
}

function tapped(command, content, mode) {
  return h("button", { type: "button", class: "inline", onclick: () => mode.command(command) }, content);
}

function spoiler(content) {
  const node = h("span", { class: "spoiler", role: "button", tabindex: "0" }, content);
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    node.classList.add("open");
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", reveal);
  return node;
}
