// Short sentences that come and go: answers of the bot inside a phone, failures at the foot of the page.

import { h } from "./dom.js";
import { word } from "./words.js";

const STAY = 4000; // milliseconds

/** Show `text` in a live region for a few seconds. */
export function toast(region, text) {
  const line = h("p", { class: "toast" }, text);
  region.append(line);
  setTimeout(() => line.remove(), STAY);
}

let foot;

export function footer() {
  foot = h("div", { class: "toasts foot", role: "status" });
  return foot;
}

/** Say what went wrong, in the page's language where the page knows it. */
export function complain(error) {
  toast(foot, reason(error));
}

function reason(error) {
  if (error.status === 0) return word("error_offline");
  if (error.status === 404) return word("error_gone");
  if (error.status === 413) return word("error_large");
  if (error.status === 409 && error.message) return error.message;
  return word("error_other");
}

/** Run an act of the person; a failure is told and answered with false. */
export async function attempt(act) {
  try {
    await act();
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}
