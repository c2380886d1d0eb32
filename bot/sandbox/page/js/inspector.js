// What the program holds: a table for every list, and the same as JSON.

import { coalesced, h } from "./dom.js";
import { get } from "./wire.js";
import { knows, word } from "./words.js";

export function inspector() {
  let state = {};
  const shut = new Set();
  const sieve = h("input", { type: "search", label: "state_filter", hint: "state_filter", oninput: () => show() });
  const asJson = h("input", { type: "checkbox", onchange: () => show() });
  const body = h("div", { class: "rooms" });
  const details = h("details", { open: matchMedia("(min-width: 720px)").matches, ontoggle: () => details.open && refresh() },
    h("summary", {}, h("h2", { word: "state" })),
    h("div", { class: "sieve" }, sieve, h("label", { class: "check" }, asJson, h("span", {}, "JSON"))), body);
  const element = h("section", { class: "inspector", id: "state", label: "state" }, details);

  function show() {
    const [across, down] = [body.scrollLeft, body.scrollTop];
    body.replaceChildren(...Object.entries(state).map(([name, value]) => room(name, sifted(value))));
    body.scrollTo(across, down);
  }

  function sifted(value) {
    const needle = sieve.value.trim().toLowerCase();
    if (!needle || !Array.isArray(value)) return value;
    return value.filter((item) => `${JSON.stringify(item)} ${spoken(item)}`.toLowerCase().includes(needle));
  }

  function room(name, value) {
    const count = Array.isArray(value) ? ` · ${value.length}` : "";
    const node = h("details", { class: "room", open: !shut.has(name), ontoggle: () => {
      if (node.open) shut.delete(name);
      else shut.add(name);
    } }, h("summary", {}, named(`rows_${name}`, name), count), content(name, value));
    return node;
  }

  function content(name, value) {
    if (!asJson.checked && Array.isArray(value) && value.length === 0) return h("p", { class: "empty" }, word("state_empty"));
    if (!asJson.checked && isTable(value)) return scrolled(name, table(value));
    return scrolled(name, h("pre", {}, JSON.stringify(value, null, 2)));
  }

  const refresh = coalesced(async () => {
    if (!details.open) return;
    state = await get("/api/state");
    show();
  });

  return { element, refresh, show };
}

function scrolled(name, node) {
  return h("div", { class: "scrolled", tabindex: "0", role: "group", label: `rows_${name}` }, node);
}

function isTable(value) {
  return Array.isArray(value) && value.every((row) => row !== null && typeof row === "object" && !Array.isArray(row));
}

function table(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return h("table", {},
    h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col" }, named(`column_${column}`, column))))),
    h("tbody", {}, rows.map((row) => h("tr", {}, columns.map((column) => h("td", {}, cell(column, row[column])))))));
}

function cell(column, value) {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "object") return JSON.stringify(value);
  return codes(column, value).flatMap((code, place) => [place ? ", " : "", named(`value_${column}_${code}`, code)]);
}

function codes(column, value) {
  return column === "flags" ? value.split(", ") : [String(value)];
}

/** The words that a row is shown with, to be found by them too. */
function spoken(row) {
  return Object.entries(row).flatMap(([column, value]) => codes(column, value ?? "")
    .map((code) => `value_${column}_${code}`).filter(knows).map((key) => word(key))).join(" ");
}

/** A word of the page for a code, which is seen by pointing at it; the code where there is none. */
function named(key, code) {
  return knows(key) ? h("span", { title: code, word: key }) : code;
}
