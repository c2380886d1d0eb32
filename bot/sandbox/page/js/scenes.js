// Which stage is played: another one begins on fresh data.

import { h } from "./dom.js";
import { attempt } from "./notices.js";
import { get, post } from "./wire.js";

export function sceneRegion() {
  const stage = h("select", { label: "stage" });
  const seed = h("input", { type: "number", step: "1", required: true, label: "stage_seed", hint: "stage_seed" });
  const form = h("form", { onsubmit: begin }, stage, seed, h("button", { word: "stage_begin" }));
  const element = h("section", { class: "scenes", id: "scenes", label: "stage" }, h("h2", { word: "stage" }), form);

  async function begin(event) {
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    const wish = { stage: stage.value, seed: Number(seed.value) };
    // Nothing of the page is left of the old world: letters, drafts and numbers would mislead.
    if (await attempt(() => post("/api/stage", wish))) location.reload();
    form.removeAttribute("aria-busy");
  }

  async function refresh() {
    const bill = await get("/api/stage");
    element.hidden = bill.stages.length === 0;
    stage.replaceChildren(...bill.stages.map((name) => h("option", { value: name, word: `stage_${name}` })));
    stage.value = bill.stage;
    seed.value = String(bill.seed);
  }

  return { element, refresh };
}
