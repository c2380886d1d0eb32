// The civil clock of the sandbox. It goes forward only.

import { clockTime, dayAndDate, fieldValue, fullMoment, zoneName } from "./dates.js";
import { h } from "./dom.js";
import { attempt } from "./notices.js";
import { get, post } from "./wire.js";
import { language, word } from "./words.js";

const STEPS = { clock_hour: 1, clock_day: 24, clock_week: 168 };

/** `moved(clock)` is called with every new reading. */
export function clockRegion({ moved }) {
  let clock = null;
  const faces = h("div", { class: "faces" });
  const nextName = h("span", { class: "happening" });
  const nextDate = h("span", { class: "when" });
  const passing = h("p", { class: "passing", role: "status" });
  const next = h("button", { type: "button", class: "next", onclick: () => advance({}) },
    h("span", { class: "kicker", word: "clock_next" }), " ", nextName, " ", nextDate);
  const none = h("p", { class: "none", word: "clock_none", hidden: true });
  const to = h("input", { type: "datetime-local", required: true });
  const picker = h("form", { class: "picker", onsubmit: (event) => {
    event.preventDefault();
    advance({ to: to.value, zone: clock.zones[0] });
  } }, to, h("button", { word: "clock_go" }));
  const steps = Object.entries(STEPS).map(([key, hours]) =>
    h("button", { type: "button", word: key, onclick: () => advance({ hours }) }));
  const element = h("section", { class: "clock", id: "clock", label: "clock" },
    faces, h("div", { class: "steps", role: "group", label: "clock_forward" }, steps), next, none, picker, passing);

  async function advance(wish) {
    if (element.getAttribute("aria-busy") === "true") return;
    element.setAttribute("aria-busy", "true");
    passing.textContent = word("clock_passes");
    await attempt(() => post("/api/clock", wish));
    passing.textContent = "";
    element.setAttribute("aria-busy", "false");
  }

  function show() {
    if (!clock) return;
    const [home] = clock.zones;
    faces.replaceChildren(...clock.zones.map((zone) => h("p", { class: "face" },
      h("time", { datetime: clock.now, class: "hour" }, clockTime(clock.now, zone)),
      h("span", { class: "place" }, `(${zoneName(zone)})`),
      h("span", { class: "date" }, dayAndDate(clock.now, zone)))));
    next.hidden = !clock.next;
    none.hidden = Boolean(clock.next);
    if (clock.next) {
      nextName.textContent = clock.next.name;
      nextDate.textContent = [clock.next.distance, fullMoment(clock.next.at, home)].filter(Boolean).join(" · ");
    }
    const wording = word("clock_to", { zone: zoneName(home) });
    to.setAttribute("aria-label", wording);
    to.title = wording;
    to.min = fieldValue(clock.now, home);
    if (document.activeElement !== to && (!to.value || to.value < to.min)) to.value = to.min;
  }

  async function refresh() {
    clock = await get(`/api/clock?lang=${language()}`);
    show();
    moved(clock);
  }

  return { element, refresh };
}
