// SPDX-License-Identifier: Apache-2.0
// Calls of the programming interface, and its stream of events. The token stays in this tab.

const KEY = "ivi-fleet-token";
const RETRY_FIRST = 500, RETRY_LAST = 8000; // ms

export class Refused extends Error {
  constructor(status, error) {
    super(error.hint ? `${error.message} (${error.hint})` : error.message);
    this.status = status;
    this.code = error.code;
  }
}

export function setToken(token) {
  if (token) sessionStorage.setItem(KEY, token);
  else sessionStorage.removeItem(KEY);
}

function headers(more = {}) {
  const token = sessionStorage.getItem(KEY);
  return token ? { ...more, Authorization: `Bearer ${token}` } : more;
}

async function read(response) {
  let body = null;
  try { body = await response.json(); } catch { /* no JSON: the status says enough */ }
  if (!response.ok) {
    throw new Refused(response.status, body?.error ?? { code: "http", message: `the server answered ${response.status}`, hint: "" });
  }
  return body;
}

async function fetched(path, options) {
  try {
    return await fetch(path, { credentials: "omit", cache: "no-store", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(0, { code: "unavailable", message: "the fleet's end does not answer", hint: "is it running?" });
  }
}

export async function get(path) {
  return read(await fetched(path, { headers: headers() }));
}

export async function post(path, body = {}) {
  const options = { method: "POST", headers: headers({ "Content-Type": "application/json" }), body: JSON.stringify(body) };
  return read(await fetched(path, options));
}

/** The path of a vehicle. */
export function car(vehicle, rest = "") {
  return `/api/vehicles/${encodeURIComponent(vehicle)}${rest}`;
}

/** Follow a car until the signal aborts: heard(name, data) for each event, connected(true or false, why). */
export async function follow(vehicle, signal, heard, connected) {
  let wait = RETRY_FIRST;
  while (!signal.aborted) {
    try {
      const response = await fetched(car(vehicle, "/live"), { headers: headers(), signal });
      if (!response.ok) await read(response);
      connected(true, "");
      wait = RETRY_FIRST;
      await listen(response.body.pipeThrough(new TextDecoderStream()).getReader(), heard);
      connected(false, "the connection ended");
    } catch (error) {
      if (signal.aborted) return;
      connected(false, error.message);
    }
    await new Promise((done) => { setTimeout(done, wait); });
    wait = Math.min(RETRY_LAST, wait * 2);
  }
}

async function listen(reader, heard) {
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    let end;
    while ((end = text.indexOf("\n\n")) >= 0) {
      event(text.slice(0, end), heard);
      text = text.slice(end + 2);
    }
  }
}

function event(block, heard) {
  let name = "", data = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    else if (line.startsWith("data: ")) data += line.slice(6);
  }
  if (name) heard(name, JSON.parse(data));
}
