// The command menu above the line: by its button, or by typing a slash.

import { h } from "./dom.js";
import { icon } from "./icons.js";

export function commandMenu({ text, run }) {
  let commands = [];
  const list = h("ul", { class: "commands", label: "commands", hidden: true, onkeydown: walk });
  const button = h("button", { type: "button", class: "icon", label: "commands", hint: "commands",
    "aria-expanded": "false", onclick: () => (list.hidden ? open(commands, true) : close()) },
  icon("commands"));

  function open(chosen, enter) {
    list.replaceChildren(...chosen.map(({ command, description }) => h("li", {},
      h("button", { type: "button", onclick: () => choose(command) },
        h("span", { class: "command" }, `/${command}`), " ", h("span", { class: "about" }, description)))));
    list.hidden = chosen.length === 0;
    button.setAttribute("aria-expanded", String(!list.hidden));
    if (enter) list.querySelector("button")?.focus();
  }

  function close() {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }

  function choose(command) {
    if (text.value.startsWith("/")) text.value = "";
    close();
    text.focus();
    run(`/${command}`);
  }

  /** Follow what is typed: "/re" leaves the commands that begin so. */
  function filter() {
    const begun = /^\/(\w*)$/.exec(text.value);
    if (begun) open(commands.filter(({ command }) => command.startsWith(begun[1].toLowerCase())), false);
    else close();
  }

  /** Whether a key pressed in the line was meant for the menu. */
  function key(event) {
    if (list.hidden) return false;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowUp") [...list.querySelectorAll("button")].at(-1)?.focus();
    else if (event.key === "ArrowDown") list.querySelector("button")?.focus();
    else return false;
    event.preventDefault();
    return true;
  }

  function walk(event) {
    const all = [...list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      close();
      text.focus();
    } else if (step) {
      event.preventDefault();
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
    }
  }

  return {
    button, list, close, filter, key,
    fill(next) {
      // An open menu stays as the person sees it.
      commands = next;
      button.hidden = next.length === 0;
    },
  };
}
