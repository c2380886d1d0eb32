// What the tour shows: six steps on the page's real controls, each of which can be played.

/** What was to come did not come in time. */
export class LateError extends Error {}

const LETTER = 18; // milliseconds between letters: to be read along
const PATIENCE = 20000;
const LOOK = 100;
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export const pause = (milliseconds) => new Promise((done) => {
  setTimeout(done, still() ? milliseconds / 6 : milliseconds);
});

/** `parts`: {phones, boxes, clock, chaos, state} of the page. */
export function plot({ phones, boxes, clock, chaos, state }) {
  const phone = (place) => [...phones.values()][place]?.element;
  const box = (place) => [...boxes.values()][place]?.element;
  const baku = () => phone(0);
  const almaty = () => phone(1);
  const articles = (one) => [...one.querySelectorAll(".log article")];
  const number = (one) => articles(one).map((node) => /[A-Z]+-\d{4}-\d{4}/.exec(node.textContent)?.[0]).findLast(Boolean);
  let asked;

  return [
    { key: "tour_1", target: baku, play: async () => {
      const before = articles(baku()).length;
      await says(baku(), citation());
      await until(() => articles(baku()).length > before + 1 && keysOf(articles(baku()).at(-1)).length > 0);
    } },
    { key: "tour_2", target: baku, play: async () => {
      const before = number(baku());
      await press(keysOf(articles(baku()).at(-1))[0]);
      await until(() => number(baku()) !== before);
      asked = number(baku());
    } },
    { key: "tour_3", target: almaty, play: () => until(() => number(almaty()) === (asked ?? number(baku()))) },
    { key: "tour_4", target: () => box(1), side: "left", play: async () => {
      const before = articles(baku()).length;
      const about = asked ?? number(baku());
      const row = await until(() => rows(box(1)).find((one) => one.textContent.includes(about)));
      if (row.getAttribute("aria-expanded") !== "true") await press(row);
      const form = box(1).querySelector(".letter form");
      await types(form.querySelector("textarea"), "иә");
      await press(form.querySelector("button.primary"));
      await until(() => articles(baku()).length > before);
    } },
    { key: "tour_5", target: () => clock.element, play: async () => {
      const before = clock.element.querySelector("time").dateTime;
      await press(clock.element.querySelector(".next"));
      await until(() => clock.element.getAttribute("aria-busy") === "false"
        && clock.element.querySelector("time").dateTime !== before, PATIENCE * 3);
    } },
    { key: "tour_6", target: () => chaos.element, play: async () => {
      state.element.querySelector("details").open = true;
      await turn(true);
      const before = articles(baku()).length;
      await says(baku(), "/requests");
      await pause(1500);
      await turn(false);
      await until(() => articles(baku()).length > before + 1);
    } },
  ];

  async function turn(on) {
    const box_ = () => chaos.element.querySelector("input[name=bot_stopped]");
    if (box_().checked !== on) await press(box_());
    await until(() => box_().checked === on && !box_().closest("[aria-busy=true]"));
  }
}

function citation() {
  const letter = Math.floor(Date.now() / 1000) % 10000;
  return `Рашидов Р. Письма с берегов Каспия: письмо ${letter} // Вестник библиотек. — 1987. — № 3. — С. 12–18.`;
}

const keysOf = (article) => [...(article?.querySelectorAll(".key") ?? [])];
const rows = (box) => [...box.querySelectorAll(".mails button")];

async function says(phone, text) {
  await types(phone.querySelector(".composer textarea"), text);
  await press(phone.querySelector(".composer .send"));
}

async function types(field, text) {
  const whole = still() ? [text] : text;
  field.value = "";
  for (const letter of whole) {
    field.value += letter;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await pause(LETTER);
  }
}

async function press(control) {
  control.scrollIntoView({ block: "nearest" });
  control.classList.add("touched");
  await pause(600);
  control.classList.remove("touched");
  control.click();
}

/** Wait for what the check finds. */
async function until(check, patience = PATIENCE) {
  for (let waited = 0; waited < patience; waited += LOOK) {
    const found = check();
    if (found) return found;
    await new Promise((done) => { setTimeout(done, LOOK); });
  }
  throw new LateError();
}
