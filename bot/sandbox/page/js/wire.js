// The only way to the server.

export class WireError extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new WireError(0, "");
  }
  if (!answer.ok) throw new WireError(answer.status, await answer.text());
  return answer;
}

export async function get(path) {
  return (await ask(path)).json();
}

export async function getText(path) {
  return (await ask(path)).text();
}

export async function post(path, body) {
  await ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

export async function postForm(path, fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value ?? "");
  for (const file of files) form.append("file", file, file.name);
  await ask(path, { method: "POST", body: form });
}

/** Hear changes until the page closes; the browser reconnects by itself, and `hello` comes again each time. */
export function listen({ change, lost }) {
  const source = new EventSource("/api/changes");
  source.onmessage = (event) => change(JSON.parse(event.data));
  source.onerror = lost;
}

export const phonePath = (user) => `/api/phones/${user}`;
export const boxPath = (address) => `/api/mailboxes/${encodeURIComponent(address)}`;
export const mailPath = (address, id) => `${boxPath(address)}/mails/${encodeURIComponent(id)}`;
export const filePath = (id) => `/api/files/${encodeURIComponent(id)}`;
