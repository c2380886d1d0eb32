// One message of a chat.

import { clockTime } from "./dates.js";
import { h } from "./dom.js";
import { formatted, link } from "./formatted.js";
import { fileSize } from "./files.js";
import { icon } from "./icons.js";
import { filePath } from "./wire.js";
import { word } from "./words.js";

const STYLES = new Set(["primary", "success", "danger"]);

/** `acts`: {command(text), press(message, data, key), reply(message), copied()}. */
export function bubble(message, { zone, quoted, acts }) {
  const side = message.from_bot ? "bot" : "own";
  const who = word(message.from_bot ? "bubble_bot" : "bubble_own");
  return h("article", { class: `message ${side}`, "aria-label": `${who}, ${clockTime(message.date, zone)}` },
    h("div", { class: "row" },
      h("div", { class: "bubble" },
        quoted && quote(quoted),
        message.photo && picture(message),
        message.document && paper(message.document),
        message.text && h("div", { class: "text" }, formatted(message.text, message.entities, acts.command)),
        foot(message, zone)),
      h("button", { type: "button", class: "reply", label: "reply", hint: "reply", onclick: () => acts.reply(message) },
        icon("reply"))),
    message.keyboard?.length > 0 && keys(message, acts));
}

function foot(message, zone) {
  return h("p", { class: "foot" },
    message.edited && h("span", { word: "edited" }),
    h("time", { datetime: message.date }, clockTime(message.date, zone)));
}

/** The beginning of a message, to show what is being answered. */
export function gist(message) {
  return message.text?.split("\n")[0] || message.document?.name || word("photo");
}

function quote(message) {
  return h("p", { class: "quote" },
    h("span", { class: "speaker" }, word(message.from_bot ? "bubble_bot" : "bubble_own")),
    h("span", { class: "gist" }, gist(message)));
}

function picture(message) {
  const source = filePath(message.photo);
  return h("a", { class: "photo", href: source, target: "_blank", rel: "noopener" },
    h("img", { src: source, alt: message.text || word("photo"), loading: "lazy" }));
}

function paper(document) {
  return h("a", { class: "paper", href: filePath(document.file_id), download: document.name },
    h("span", { class: "sheet" }, icon("down")),
    h("span", {}, h("span", { class: "name" }, document.name),
      h("span", { class: "size" }, `${fileSize(document.size)} · `, h("span", { word: "download" }))));
}

function keys(message, acts) {
  return h("div", { class: "keys" },
    message.keyboard.map((row) => h("div", { class: "keyrow" }, row.map((key) => button(message, key, acts)))));
}

function button(message, key, acts) {
  const style = STYLES.has(key.style) ? `key ${key.style}` : "key";
  if (key.url) {
    const node = link(key.url, key.text, acts);
    node.className = style;
    return node;
  }
  const press = key.copy ? () => navigator.clipboard.writeText(key.copy).then(acts.copied)
    : () => acts.press(message, key.data, node);
  const node = h("button", { type: "button", class: style, onclick: () => press() }, key.text);
  return node;
}
