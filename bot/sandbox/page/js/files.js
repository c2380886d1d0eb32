// Files that somebody is about to send, and sizes for people.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { complain } from "./notices.js";
import { WireError } from "./wire.js";
import { word } from "./words.js";

const MIB = 1024 * 1024;
export const PHONE_LIMIT = 50 * MIB;
export const MAIL_LIMIT = 25 * MIB;

export function fileSize(bytes) {
  if (bytes >= MIB) return word("size_mb", { n: Math.round(bytes / MIB * 10) / 10 });
  return word("size_kb", { n: Math.max(1, Math.round(bytes / 1024)) });
}

/** A button that chooses files and a list of the chosen; `take()` hands them over and empties the list. */
export function chooser({ limit, photos = false }) {
  let chosen = [];
  const asPhoto = h("input", { type: "checkbox" });
  const choice = () => h("li", {}, h("label", { class: "check" }, asPhoto, h("span", { word: "as_photo" })));
  const list = h("ul", { class: "chosen" });
  const input = h("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", onchange: () => {
    add([...input.files]);
    input.value = "";
  } });
  const button = h("button", { type: "button", class: "icon attach", label: "attach", hint: "attach",
    onclick: () => input.click() }, icon("attach"));

  function add(files) {
    const sum = [...chosen, ...files].reduce((total, file) => total + file.size, 0);
    // Told here: a server that stops reading in the middle looks like a broken connection.
    if (sum > limit) return complain(new WireError(413, ""));
    chosen = [...chosen, ...files];
    show();
  }

  function show() {
    list.replaceChildren(...chosen.map((file) => h("li", {},
      h("span", { class: "name" }, file.name), h("span", { class: "size" }, fileSize(file.size)),
      h("button", { type: "button", class: "icon", label: "remove_file", hint: "remove_file", onclick: () => {
        chosen = chosen.filter((other) => other !== file);
        show();
        button.focus();
      } }, icon("close")))), ...(pictures() ? [choice()] : []));
  }

  // As a client offers it: what is no picture goes as a file, whatever was ticked before.
  const pictures = () => photos && chosen.length > 0 && chosen.every((file) => /^image\/(png|jpeg)$/.test(file.type));

  function take() {
    const files = chosen;
    chosen = [];
    show();
    return files;
  }

  return { button, input, list, add, take, get photo() { return pictures() && asPhoto.checked; } };
}
