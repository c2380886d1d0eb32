// Puts the page together and carries every change to the part that it concerns.

import { chaosRegion } from "./chaos.js";
import { clockRegion } from "./clock.js";
import { coalesced, h, translate } from "./dom.js";
import { inspector } from "./inspector.js";
import { mailbox } from "./mailbox.js";
import { complain, footer } from "./notices.js";
import { phone } from "./phone.js";
import { sceneRegion } from "./scenes.js";
import { tour } from "./tour.js";
import { get, listen } from "./wire.js";
import { language, LANGUAGES, speak, wished, word } from "./words.js";

const phones = new Map();
const boxes = new Map();
let clockNow = null;
let opening = null;

await speak(wished());

const clock = clockRegion({ moved: (now) => {
  clockNow = now;
  for (const one of [...phones.values()]) one.tick(now.now);
  for (const one of boxes.values()) one.tick(now);
} });
const state = inspector();
const trouble = h("a", { class: "trouble", href: "#chaos", hidden: true });
const chaos = chaosRegion({ changed: (count) => {
  trouble.hidden = count === 0;
  trouble.textContent = word("chaos_on", { n: count });
} });
const scenes = sceneRegion();
const guide = tour({ phones, boxes, clock, chaos, state });
const starting = h("p", { class: "starting", role: "status", word: "opening" });
const lost = h("p", { class: "lost", role: "alert", hidden: true });
const phonePlace = h("div", { class: "phones" });
const boxPlace = h("div", { class: "boxes" });
const jumps = h("nav", { class: "jumps", label: "jumps" });
const languages = h("select", { label: "language", onchange: () => change(languages.value) },
  Object.entries(LANGUAGES).map(([code, name]) => h("option", { value: code, lang: code }, name)));
languages.value = language();

document.body.classList.add("unopened");
document.body.append(
  h("a", { class: "skip", href: "#phones", word: "skip" }),
  h("header", { class: "top" },
    h("div", { class: "title" }, h("h1", {}, "Abonement"), h("p", { word: "subtitle" }), trouble, guide.opener, languages),
    clock.element, jumps),
  lost,
  h("main", { id: "phones", tabindex: "-1" }, starting, h("div", { class: "desk" }, phonePlace,
    h("div", { class: "side" }, boxPlace, h("div", { class: "levers" }, chaos.element, scenes.element))), state.element),
  guide.card, footer());

async function change(code) {
  await speak(code);
  const here = new URL(location);
  here.searchParams.set("lang", code);
  history.replaceState(null, "", here);
  translate(document);
  for (const one of [...phones.values(), ...boxes.values(), chaos, state, guide]) one.show();
  drawJumps();
  await clock.refresh();
}

const findPhones = coalesced(async () => {
  for (const view of await get("/api/phones")) {
    const known = phones.get(view.user_id);
    if (known) known.update(view);
    else await add(phones, view.user_id, phone(view), phonePlace);
  }
  drawJumps();
});

const findBoxes = coalesced(async () => {
  const { addresses, clients } = await get("/api/mailboxes");
  for (const address of addresses) {
    if (!boxes.has(address)) await add(boxes, address, mailbox(address, clients), boxPlace);
  }
  drawJumps();
});

async function add(known, key, part, place) {
  known.set(key, part);
  place.append(part.element);
  if (clockNow) part.tick(known === phones ? clockNow.now : clockNow);
  await part.refresh();
}

function drawJumps() {
  const jump = (id, text) => h("a", { href: `#${CSS.escape(id)}`, onclick: (event) => {
    event.preventDefault();
    document.getElementById(id).scrollIntoView();
  } }, text);
  jumps.replaceChildren(
    ...[...phones.values()].map((one) => jump(one.element.id, one.view.name)),
    ...[...boxes.values()].map((one) => jump(one.element.id, one.address)),
    jump("state", word("state")));
}

async function everything(heard) {
  if (opening !== null && opening !== heard.opening) return location.reload();
  opening = heard.opening;
  await clock.refresh();
  document.body.classList.remove("unopened");
  await Promise.all([findPhones(), findBoxes(), chaos.refresh(), state.refresh(), scenes.refresh(),
    ...[...phones.values(), ...boxes.values()].map((one) => one.refresh())]);
}

const hear = {
  hello: (heard) => everything(heard),
  chat: ({ user_id: user }) => phones.get(user)?.refresh(),
  typing: ({ user_id: user }) => phones.get(user)?.types(),
  toast: (change_) => phones.get(change_.user_id)?.hears(change_),
  phones: () => findPhones(),
  mail: ({ address }) => (boxes.has(address) ? boxes.get(address).refresh() : findBoxes()),
  clock: () => clock.refresh(),
  chaos: () => chaos.refresh(),
  state: () => state.refresh(),
};

listen({
  change: async (heard) => {
    lost.hidden = true;
    try {
      await hear[heard.kind]?.(heard);
      if (heard.kind !== "hello") await state.refresh();
    } catch (error) {
      complain(error);
    }
  },
  lost: () => {
    lost.hidden = false;
    lost.textContent = word("error_lost");
  },
});
