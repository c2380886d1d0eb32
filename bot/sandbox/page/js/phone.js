// One person's phone. What the person is typing, choosing or answering lives outside of what is renewed.

import { bubble, gist } from "./bubble.js";
import { clockTime, dayAndDate, dayOf, zoneName } from "./dates.js";
import { coalesced, h, reconcile, say } from "./dom.js";
import { chooser, PHONE_LIMIT } from "./files.js";
import { commandMenu } from "./menu.js";
import { icon } from "./icons.js";
import { attempt, toast } from "./notices.js";
import { get, phonePath, post, postForm } from "./wire.js";
import { knows, language, LANGUAGES, word } from "./words.js";

const NEAR = 80; // pixels from the end that still count as "at the end"
const TYPING = 5000; // milliseconds, as in Telegram

export function phone(first) {
  let view = first;
  let messages = [];
  let answering = null;
  let labels = [];
  let sending = Promise.resolve();
  let quiet = 0;
  let asked = 0;
  let atEnd = true;
  let top = 0;
  let last;
  const path = phonePath(view.user_id);

  // The head: who this is.
  const time = h("p", { class: "status" });
  const avatar = h("span", { class: "avatar", "aria-hidden": "true" });
  const name = h("h2", {});
  const library = h("p", { class: "library" });
  const role = h("p", { class: "role" });
  const blocking = h("button", { type: "button", class: "icon block", label: "block", hint: "block",
    "aria-pressed": "false", onclick: () => block(!view.blocked) }, icon("block"));

  // The chat.
  const log = h("div", { class: "log", role: "log", tabindex: "0" });
  const toLine = h("button", { type: "button", class: "to-line", word: "to_line", onclick: () => text.focus() });
  const latest = h("button", { type: "button", class: "latest", hidden: true, onclick: toEnd }, 
    icon("down"), h("span", { word: "latest" }));
  const typing = h("p", { class: "typing", hidden: true, word: "typing" });
  const toasts = h("div", { class: "toasts", role: "status" });
  const alertText = h("p", {});
  const alert = h("dialog", { class: "alert", label: "bubble_bot" }, alertText,
    h("form", { method: "dialog" }, h("button", { class: "plain", word: "close" })));

  // The foot: what this person is about to say.
  const files = chooser({ limit: PHONE_LIMIT, photos: true });
  const text = h("textarea", { rows: "1", label: "message", hint: "message", oninput: grow, onkeydown: typed,
    onpaste: (event) => files.add([...event.clipboardData.files]) });
  const menu = commandMenu({ text, run: (command) => tell(command) });
  const replying = h("div", { class: "replying", hidden: true });
  const labelKeys = h("div", { class: "labels", hidden: true });
  const labelSwitch = h("button", { type: "button", class: "icon", label: "labels", hint: "labels",
    "aria-expanded": "true", hidden: true, onclick: () => showLabels(labelKeys.hidden) },
  icon("labels"));
  const start = h("button", { type: "button", class: "big", hidden: true, word: "start", onclick: () => tell("/start") });
  const unblock = h("button", { type: "button", class: "big", hidden: true, word: "unblock", onclick: () => block(false) });
  const composer = h("form", { class: "composer", onsubmit: submit },
    menu.button, files.button, files.input, text, labelSwitch,
    h("button", { class: "send", label: "send", hint: "send" }, icon("send")));

  const element = h("section", { class: "phone", id: `phone-${view.user_id}`, "aria-label": view.name,
    ondragover: (event) => event.preventDefault(), ondrop: dropped },
  time, h("header", { class: "person" }, avatar, h("div", { class: "names" }, name, library, role), blocking),
  h("div", { class: "screen" }, toLine, log, latest, toasts), typing,
  h("div", { class: "dock" }, start, unblock, replying, files.list, menu.list, composer, labelKeys), alert);

  const acts = {
    command: (command) => tell(command),
    press: async (message, data, key) => {
      key.setAttribute("aria-busy", "true");
      await attempt(() => post(`${path}/press`, { message: message.id, data }));
      key.removeAttribute("aria-busy");
    },
    reply: (message) => answer(message),
    copied: () => toast(toasts, word("copied")),
  };

  function describe() {
    name.textContent = view.name;
    element.setAttribute("aria-label", view.name);
    avatar.textContent = [...view.name][0];
    library.textContent = view.library[language()] ?? Object.values(view.library)[0] ?? word("no_library");
    library.title = library.textContent;
    role.textContent = [view.role ? roleName(view.role) : word("role_none"), LANGUAGES[view.language]].join(" · ");
    log.lang = view.language;
    log.setAttribute("aria-label", word("chat_of", { name: view.name }));
    say(blocking, "label", view.blocked ? "unblock" : "block");
    say(blocking, "hint", view.blocked ? "unblock" : "block");
    blocking.setAttribute("aria-pressed", String(view.blocked));
    element.classList.toggle("blocked", view.blocked);
    unblock.hidden = !view.blocked;
    composer.hidden = view.blocked;
    start.hidden = view.blocked || messages.length > 0;
  }

  function show() {
    const grown = messages.at(-1)?.id !== last;
    last = messages.at(-1)?.id;
    reconcile(log, rows(), (row) => row.make());
    if (atEnd) toEnd();
    else if (grown) latest.hidden = false;
    describe();
    const question = messages.at(-1);
    if (question?.force_reply && question.id !== asked) {
      asked = question.id;
      answer(question, false);
    }
    labelsOf(messages.findLast((message) => message.from_bot && message.reply_keyboard)?.reply_keyboard ?? []);
  }

  /** The messages with a separator before the first of each day. */
  function rows() {
    const known = new Map(messages.map((message) => [message.id, message]));
    const out = [];
    let day = null;
    for (const message of messages) {
      const its = dayOf(message.date, view.zone);
      if (its !== day) {
        day = its;
        out.push({ key: `day-${its}`, stamp: language(), make: () =>
          h("p", { class: "day", lang: language() }, h("span", {}, dayAndDate(message.date, view.zone))) });
      }
      const quoted = known.get(message.reply_to);
      out.push({ key: message.id, stamp: JSON.stringify([message, quoted && gist(quoted), language(), view.zone]),
        make: () => bubble(message, { zone: view.zone, quoted, acts }) });
    }
    return out;
  }

  function toEnd() {
    atEnd = true;
    log.scrollTop = log.scrollHeight;
    top = log.scrollTop;
    latest.hidden = true;
  }

  log.addEventListener("keydown", (event) => {
    if (event.key === "Escape") text.focus();
  });
  log.addEventListener("scroll", () => {
    // Only the person's hand leaves the end: a room that shrinks scrolls nothing upwards.
    if (log.scrollHeight - log.scrollTop - log.clientHeight < NEAR) atEnd = true;
    else if (log.scrollTop < top) atEnd = false;
    top = log.scrollTop;
    if (atEnd) latest.hidden = true;
  });
  // A keyboard of the bot, a picture that has arrived: the end stays in sight while the room changes.
  const room = new ResizeObserver(() => atEnd && toEnd());
  room.observe(log);
  log.addEventListener("load", () => atEnd && toEnd(), true);

  // What the person does.

  function submit(event) {
    event.preventDefault();
    const line = text.value;
    const photo = files.photo;
    const chosen = files.take();
    if (!line.trim() && chosen.length === 0) return text.focus();
    text.value = "";
    grow();
    tell(line, chosen, photo);
    text.focus();
  }

  /** One after another, in the order of the person's hand; a line that did not go comes back. */
  function tell(line, chosen = [], photo = false) {
    const replyTo = answering?.id ?? null;
    answer(null);
    menu.close();
    toEnd();
    sending = sending.then(async () => {
      const gone = await attempt(() => chosen.length > 0
        ? postForm(`${path}/attach`, { caption: line, reply_to: replyTo, photo: String(photo) }, chosen)
        : post(`${path}/send`, { text: line, reply_to: replyTo }));
      if (gone) return;
      if (!text.value) text.value = line;
      files.add(chosen);
      grow();
    });
  }

  function typed(event) {
    if (menu.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      composer.requestSubmit();
    }
    if (event.key === "Escape") answer(null);
  }

  function grow() {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 140)}px`;
    menu.filter();
  }

  function answer(message, enter = true) {
    answering = message;
    replying.hidden = message === null;
    if (message === null) return replying.replaceChildren();
    replying.replaceChildren(
      h("p", {}, h("span", { class: "speaker", word: "reply_to" }), h("span", { class: "gist" }, gist(message))),
      h("button", { type: "button", class: "icon", label: "reply_not", hint: "reply_not", onclick: () => {
        answer(null);
        text.focus();
      } }, icon("close")));
    if (enter) text.focus();
  }

  function dropped(event) {
    event.preventDefault();
    if (!view.blocked) files.add([...event.dataTransfer.files]);
  }

  const block = (blocked) => attempt(() => post(`${path}/block`, { blocked }));

  function labelsOf(rows) {
    if (JSON.stringify(rows) === JSON.stringify(labels)) return;
    labels = rows;
    labelKeys.replaceChildren(...rows.map((row) => h("div", { class: "keyrow" }, row.map((label) =>
      h("button", { type: "button", class: "label", lang: view.language, onclick: () => tell(label) }, label)))));
    labelSwitch.hidden = rows.length === 0;
    showLabels(rows.length > 0);
  }

  function showLabels(shown) {
    labelKeys.hidden = !shown;
    labelSwitch.setAttribute("aria-expanded", String(shown));
  }

  // What others do.

  const refresh = coalesced(async () => {
    [messages] = [await get(`${path}/chat`)];
    menu.fill(await get(`${path}/menu`));
    typing.hidden = true;
    show();
  });

  return {
    element,
    refresh,
    id: view.user_id,
    get view() { return view; },
    update(next) {
      view = next;
      show();
    },
    show,
    tick(now) {
      time.textContent = `${clockTime(now, view.zone)} (${zoneName(view.zone)})`;
    },
    types() {
      typing.hidden = false;
      clearTimeout(quiet);
      quiet = setTimeout(() => { typing.hidden = true; }, TYPING);
    },
    hears({ text: sentence, alert: waits }) {
      if (!waits) return toast(toasts, sentence);
      alertText.textContent = sentence;
      if (!alert.open) alert.showModal();
    },
  };
}

function roleName(role) {
  return knows(`role_${role}`) ? word(`role_${role}`) : role;
}
