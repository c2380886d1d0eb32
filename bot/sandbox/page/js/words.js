// The page's own words in four languages. What the bot says is not touched.

export const LANGUAGES = { az: "Azərbaycanca", kk: "Қазақша", ru: "Русский", en: "English" };

let table = {};
let current = "en";

export function language() {
  return current;
}

/** The text of a key with {values} filled in; the key itself where there is none. */
export function word(key, values = {}) {
  const text = table[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Whether the page has a word for a key that came from outside. */
export function knows(key) {
  return Object.hasOwn(table, key);
}

/** A list of words, such as the names of the months. */
export function words(key) {
  return table[key].split("|");
}

export async function speak(code) {
  const answer = await fetch(`/page/words/${code}.json`);
  table = await answer.json();
  current = code;
  document.documentElement.lang = code;
  document.title = word("title");
}

/** From the address (?lang=), else the browser's own order, else English. */
export function wished() {
  const asked = new URLSearchParams(location.search).get("lang");
  return [asked, ...navigator.languages].map(ours).find(Boolean) ?? "en";
}

function ours(tag) {
  const code = (tag ?? "").toLowerCase().split("-")[0];
  if (code === "kz") return "kk";
  return Object.hasOwn(LANGUAGES, code) ? code : null;
}
