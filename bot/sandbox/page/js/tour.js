// Six steps that show the page on its own controls; they can play themselves.

import { h, say } from "./dom.js";
import { icon } from "./icons.js";
import { LateError, pause, plot } from "./plot.js";
import { complain } from "./notices.js";
import { word } from "./words.js";

const BREATH = 2600; // milliseconds to read a step before it plays

export function tour(parts) {
  const steps = plot(parts);
  let at = -1;
  let playing = false;
  let busy = false;
  let played = new Set();

  const opener = h("button", { type: "button", class: "primary tour", word: "tour", onclick: begin });
  const count = h("p", { class: "count" });
  const title = h("h2", { id: "tour-title", tabindex: "-1" });
  const text = h("p", { class: "text" });
  const note = h("p", { class: "note", role: "status" });
  const back = h("button", { type: "button", word: "tour_back", onclick: () => go(at - 1) });
  const next = h("button", { type: "button", word: "tour_next", onclick: () => go(at + 1) });
  const show = h("button", { type: "button", class: "primary", word: "tour_show", onclick: () => act() });
  const run = h("button", { type: "button", word: "tour_play", onclick: () => (playing ? rest() : perform()) });
  const card = h("section", { class: "tourcard", role: "dialog", "aria-labelledby": "tour-title", hidden: true,
    onkeydown: (event) => event.key === "Escape" && end() },
  h("header", {}, count, h("button", { type: "button", class: "icon", label: "close", hint: "close", onclick: end }, icon("close"))),
  title, text, note, h("div", { class: "actions" }, back, next, show, run));

  function begin() {
    played = new Set();
    card.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    go(0);
  }

  function end() {
    rest();
    at = -1;
    unlight();
    card.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  }

  function go(place) {
    at = place;
    note.textContent = "";
    light();
    describe();
    if (!playing) title.focus({ preventScroll: true });
  }

  function light() {
    unlight();
    const target = steps[at].target();
    card.dataset.side = steps[at].side ?? "right";
    target?.classList.add("lit");
    target?.scrollIntoView({ block: innerWidth < 720 ? "end" : "nearest" });
  }

  function unlight() {
    for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit");
  }

  function describe() {
    if (at < 0) return;
    const { key } = steps[at];
    count.textContent = word("tour_step", { n: at + 1, all: steps.length });
    say(title, "word", key);
    say(text, "word", `${key}_text`);
    say(run, "word", playing ? "tour_pause" : "tour_play");
    back.disabled = busy || at === 0;
    next.disabled = busy || at === steps.length - 1;
    show.disabled = busy || playing;
    card.setAttribute("aria-busy", String(busy));
  }

  /** Play the step; answers whether it came to its end. */
  async function act() {
    busy = true;
    note.textContent = "";
    describe();
    try {
      await steps[at].play();
      played.add(at);
      if (played.size === steps.length) note.textContent = word("tour_end");
      return true;
    } catch (error) {
      if (!(error instanceof LateError) && !(error instanceof TypeError)) complain(error);
      note.textContent = word("tour_late");
      return false;
    } finally {
      busy = false;
      describe();
    }
  }

  async function perform() {
    playing = true;
    describe();
    for (;;) {
      await pause(BREATH);
      if (!playing || !await act() || !playing || at === steps.length - 1) break;
      go(at + 1);
    }
    rest();
    if (at >= 0 && document.activeElement === document.body) run.focus();
  }

  function rest() {
    playing = false;
    describe();
  }

  return { opener, card, show: describe };
}
