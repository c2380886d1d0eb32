// Sends files in pieces. What has arrived stays, so a broken connection or a closed page only pauses it.

const PIECE = 4 * 1024 * 1024;
const PAUSES = [1, 2, 5, 10, 20, 30]; // seconds between attempts
const words = JSON.parse(document.querySelector("main").dataset.words);
const here = location.pathname.replace(/\/$/, "");
const query = `?lang=${document.documentElement.lang}`;
const list = document.getElementById("files");
const input = document.querySelector("input");
const drop = document.querySelector(".drop");

class Refused extends Error {}

async function call(path, options) {
  const answer = await fetch(here + path + query, { ...options, credentials: "omit" });
  if (answer.status === 422) throw new Refused((await answer.json()).error);
  if (answer.status === 404) throw new Refused(words.failed);
  return answer;
}

async function again(step, row) {
  for (let tried = 0; ; tried += 1) {
    try {
      const answer = await step();
      if (answer.ok || answer.status === 409) return answer;
      throw new Error(String(answer.status));
    } catch (error) {
      if (error instanceof Refused || tried >= 50) throw error;
      row.say(words.waiting);
      await new Promise((resolve) => setTimeout(resolve, 1000 * PAUSES[Math.min(tried, PAUSES.length - 1)]));
    }
  }
}

function begin(file) {
  const body = JSON.stringify({ name: file.name, size: file.size });
  return call("/files", { method: "POST", headers: { "Content-Type": "application/json" }, body });
}

function send(id, file, offset) {
  const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
  return call(`/files/${id}`, { method: "PATCH", headers, body: file.slice(offset, offset + PIECE) });
}

async function upload(file, row) {
  if (file.size === 0) throw new Refused(words.empty);
  const begun = await (await again(() => begin(file), row)).json();
  let offset = begun.offset;
  while (offset < file.size) {
    row.progress(offset, file.size);
    const answer = await again(() => send(begun.id, file, offset), row);
    const reached = Number(answer.headers.get("Upload-Offset"));
    if (answer.status === 409 && reached === offset) await new Promise((resolve) => setTimeout(resolve, 1000));
    offset = reached;
  }
  row.progress(offset, file.size);
  row.say(words.checking);
  const done = await again(() => call(`/files/${begun.id}/done`, { method: "POST" }), row);
  row.say((await done.json()).done);
}

function rowFor(file) {
  const item = document.createElement("li");
  const bar = document.createElement("progress");
  const said = document.createElement("span");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  item.append(file.name, bar, said);
  list.append(item);
  return {
    say: (text) => { if (said.textContent !== text) said.textContent = text; },
    progress(sent, size) {
      bar.value = sent / size;
      this.say(words.sending.replace("{percent}", String(Math.floor((100 * sent) / size))));
    },
    failed(text) {
      item.classList.add("failed");
      this.say(text);
    },
  };
}

let turn = Promise.resolve(); // one file after another, in the order in which they were chosen

function take(files) {
  for (const file of files) {
    const row = rowFor(file);
    turn = turn.then(() => upload(file, row)).catch((error) => {
      row.failed(error instanceof Refused ? error.message : words.failed);
    });
  }
}

input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop") take([...event.dataTransfer.files]);
  });
}
