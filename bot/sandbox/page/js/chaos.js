// Switches for what goes wrong in the world outside.

import { coalesced, h, reconcile } from "./dom.js";
import { attempt } from "./notices.js";
import { get, post } from "./wire.js";
import { knows, language, word } from "./words.js";

/** `changed(count)` is called with the number of switches that are on. */
export function chaosRegion({ changed }) {
  let switches = {};
  const list = h("div", { class: "switches" });
  const element = h("section", { class: "chaos", id: "chaos", label: "chaos" },
    h("h2", { word: "chaos" }), h("p", { class: "about", word: "chaos_about" }), list);

  function show() {
    reconcile(list, Object.entries(switches).map(([name, on]) =>
      ({ key: name, stamp: JSON.stringify([on, language()]), name, on })), toggle);
    changed(Object.values(switches).filter(Boolean).length);
  }

  function toggle({ name, on }) {
    const box = h("input", { type: "checkbox", name, checked: on, onchange: async () => {
      line.setAttribute("aria-busy", "true");
      if (!await attempt(() => post("/api/chaos", { name, on: box.checked }))) box.checked = !box.checked;
      line.removeAttribute("aria-busy");
    } });
    const line = h("label", { class: "check" }, box, h("span", {}, knows(`chaos_${name}`) ? word(`chaos_${name}`) : name));
    return line;
  }

  const refresh = coalesced(async () => {
    switches = await get("/api/chaos");
    show();
  });

  return { element, refresh, show };
}
