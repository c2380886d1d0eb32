// One mailbox: the list, the open letter, and what is being written.

import { clockTime, dayAndMonth, dayOf, fullMoment, longDate } from "./dates.js";
import { coalesced, h, reconcile, translate } from "./dom.js";
import { chooser, fileSize, MAIL_LIMIT } from "./files.js";
import { icon } from "./icons.js";
import { attempt, toast } from "./notices.js";
import { boxPath, get, getText, mailPath, post, postForm } from "./wire.js";
import { language, word } from "./words.js";

const PROGRAMS = {
  gmail: "Gmail", outlook: "Outlook", apple: "Apple Mail", thunderbird: "Thunderbird",
  yandex: "Yandex", mailru: "Mail.ru", roundcube: "Roundcube",
};

export function mailbox(address, clients) {
  let mails = [];
  let zone = "UTC";
  let now = null;
  let opened = null;
  let loaded = false;
  const read = new Set();
  const letters = new Map(); // by id: the open letter with its draft, kept as it is

  const count = h("span", { class: "count" });
  const list = h("ol", { class: "mails", label: "letters" });
  const empty = h("p", { class: "empty", word: "no_letters" });
  const place = h("div", { class: "letterplace" });
  const told = h("div", { class: "toasts", role: "status" });
  const fresh = writing(() => { freshSwitch.focus(); unfold(false); });
  const freshSwitch = h("button", { type: "button", class: "plain", word: "letter_new", "aria-expanded": "false",
    onclick: () => unfold(fresh.hidden) });
  const element = h("section", { class: "mailbox", id: `mail-${address}`, "aria-label": address },
    h("header", {}, h("h2", {}, icon("mail"), address), count,
      freshSwitch),
    fresh, empty, list, place, told);

  function unfold(shown) {
    fresh.hidden = !shown;
    freshSwitch.setAttribute("aria-expanded", String(shown));
    if (shown) fresh.querySelector("input").focus();
  }

  function show() {
    empty.hidden = mails.length > 0;
    list.hidden = mails.length === 0;
    const unread = mails.filter((mail) => !read.has(mail.id)).length;
    count.textContent = unread > 0 ? word("unread", { n: unread }) : "";
    reconcile(list, mails.map((mail) => ({
      key: mail.id, mail,
      stamp: JSON.stringify([mail, read.has(mail.id), opened === mail.id, language(), zone, now && dayOf(now, zone)]),
    })), ({ mail }) => row(mail));
    for (const mail of mails) letters.get(mail.id)?.renew(mail, zone);
  }

  function row(mail) {
    const today = now && dayOf(now, zone) === dayOf(mail.date, zone);
    return h("li", {}, h("button", { type: "button", class: read.has(mail.id) ? "mail" : "mail new",
      "aria-expanded": String(opened === mail.id), onclick: () => open(opened === mail.id ? null : mail) },
    h("span", { class: "subject" }, mail.subject || word("no_subject")),
    h("span", { class: "date" }, today ? clockTime(mail.date, zone) : dayAndMonth(mail.date, zone)),
    h("span", { class: "from" }, mail.from),
    h("span", { class: "marks" },
      mail.answered && h("span", { class: "mark", word: "answered" }),
      mail.attachments.length > 0 && h("span", { class: "mark", word: "with_files" }))));
  }

  function open(mail) {
    opened = mail?.id ?? null;
    if (mail) {
      read.add(mail.id);
      if (!letters.has(mail.id)) letters.set(mail.id, letter(mail, { address, clients, zone, told }));
    }
    place.replaceChildren(...(mail ? [letters.get(mail.id).element] : []));
    show();
  }

  function writing(done) {
    const files = chooser({ limit: MAIL_LIMIT });
    const subject = h("input", { type: "text", label: "subject", hint: "subject" });
    const body = h("textarea", { rows: "4", label: "letter_text", hint: "letter_text" });
    return h("form", { class: "writing", hidden: true, label: "letter_new", onsubmit: posting({
      body, files, told, path: `${boxPath(address)}/write`, fields: () => ({ subject: subject.value, body: body.value }),
      done: () => { subject.value = ""; done(); },
    }) }, subject, body, files.list,
    h("div", { class: "actions" }, files.button, files.input, h("button", { class: "primary", word: "send" })));
  }

  return {
    element,
    address,
    show,
    refresh: coalesced(async () => {
      mails = await get(`${boxPath(address)}/mails`);
      if (!loaded) mails.forEach((mail) => read.add(mail.id));
      loaded = true;
      show();
    }),
    tick(clock) {
      [now, zone] = [clock.now, clock.zones[0] ?? "UTC"];
      show();
    },
  };
}

/** The open letter. Its parts are fetched when first looked at; its draft stays while the page does. */
function letter(first, { address, clients, zone: firstZone, told }) {
  let mail = first;
  const path = mailPath(address, mail.id);
  const when = h("p", { class: "when" });
  const attached = h("ul", { class: "attached", label: "attachments" });
  const views = {
    text: () => h("pre", { class: "mailtext", tabindex: "0", label: "view_text" }, mail.text),
    html: () => h("iframe", { class: "mailhtml", sandbox: "", referrerpolicy: "no-referrer", src: `${path}/html`,
      hint: "view_html" }),
    raw: () => {
      const node = h("pre", { class: "mailtext raw", tabindex: "0", label: "view_raw" });
      attempt(async () => { node.textContent = await getText(`${path}/raw`); });
      return node;
    },
  };
  const entries = h("ul", { class: "appointments", label: "appointments" });
  const made = new Map();
  const view = h("div", { class: "view" });
  const choices = Object.keys(views).filter((kind) => kind !== "html" || mail.has_html).map((kind) =>
    h("button", { type: "button", word: `view_${kind}`, "aria-pressed": "false", onclick: () => look(kind) }));

  function look(kind) {
    if (!made.has(kind)) made.set(kind, views[kind]());
    view.replaceChildren(made.get(kind));
    for (const choice of choices) choice.setAttribute("aria-pressed", String(choice.dataset.word === `view_${kind}`));
  }

  function renew(next, zone) {
    mail = next;
    when.textContent = fullMoment(mail.date, zone);
    attached.hidden = mail.attachments.length === 0;
    reconcile(attached, mail.attachments.map((part) => ({ key: part.index, stamp: fileSize(part.size), part })), paper);
    entries.hidden = mail.appointments.length === 0;
    reconcile(entries, mail.appointments.map((one, key) =>
      ({ key, stamp: JSON.stringify([one, language(), zone]), one, zone })), appointment);
    // A letter that is not open is not in the document, and a view that is not shown neither.
    for (const node of [element, ...made.values()]) translate(node);
  }

  function paper({ part }) {
    return h("li", {}, h("a", { href: `${path}/attachments/${part.index}`, download: part.name },
      h("span", { class: "name" }, part.name), " ", h("span", { class: "size" }, fileSize(part.size))));
  }

  const element = h("article", { class: "letter", "aria-label": mail.subject },
    h("h3", {}, mail.subject || word("no_subject")),
    h("p", { class: "from" }, mail.from), when,
    entries, h("div", { class: "views", role: "group", label: "views" }, choices), view,
    attached,
    replyForm(path, { clients, told }));
  renew(mail, firstZone);
  look("text");
  return { element, renew };
}

/** What this letter puts into the calendar, as a mail program shows it above the text. */
function appointment({ one, zone }) {
  const day = longDate(one.at.length > 10 ? one.at : `${one.at}T12:00:00Z`, one.at.length > 10 ? zone : "UTC");
  return h("li", { class: one.cancelled ? "appointment gone" : "appointment" }, icon("calendar"),
    h("span", {}, h("span", { class: "day" }, day), " ", h("span", { class: "name" }, one.name),
      one.cancelled && h("span", { class: "mark", word: "appointment_gone" })));
}

function replyForm(path, { clients, told }) {
  const files = chooser({ limit: MAIL_LIMIT });
  const body = h("textarea", { rows: "3", label: "reply_text", hint: "reply_hint" });
  const client = h("select", {}, clients.map((key) => h("option", { value: key }, PROGRAMS[key] ?? key)));
  const html = h("input", { type: "checkbox", checked: true });
  return h("form", { class: "writing", label: "reply", onsubmit: posting({
    body, files, told, path: `${path}/reply`,
    fields: () => ({ body: body.value, client: client.value, html: String(html.checked) }),
  }) }, body, files.list,
  h("div", { class: "actions" }, files.button, files.input,
    h("label", {}, h("span", { word: "client" }), client),
    h("label", { class: "check" }, html, h("span", { word: "as_html" })),
    h("button", { class: "primary", word: "send" })),
  h("div", { class: "actions robots", role: "group", label: "robots" }, h("span", { word: "robots" }),
    robot(path, "away", told), robot(path, "bounce", told)));
}

/** What no person writes: the answer of an absent owner's mailbox, the report of a server. */
function robot(path, name, told) {
  return h("button", { type: "button", word: `robot_${name}`, onclick: async () => {
    if (await attempt(() => post(`${path}/robot`, { robot: name }))) toast(told, word("letter_sent"));
  } });
}

/** Post a letter once, however often the key is pressed; one that did not go stays in the form. */
function posting({ body, files, told, path, fields, done }) {
  return async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (form.getAttribute("aria-busy") === "true") return;
    const chosen = files.take();
    if (!body.value.trim() && chosen.length === 0) return body.focus();
    form.setAttribute("aria-busy", "true");
    const gone = await attempt(() => postForm(path, fields(), chosen));
    form.removeAttribute("aria-busy");
    if (!gone) return files.add(chosen);
    body.value = "";
    toast(told, word("letter_sent"));
    done?.();
  };
}
