// SPDX-License-Identifier: Apache-2.0
// The page: who asks, the list of vehicles, and the car that is looked at. The address says which: #/car/<id>/<tab>.

import { Documents } from "./documents.js";
import { card, h, put, say } from "./elements.js";
import { car, follow, get, Refused, setToken } from "./interface.js";
import { Orders } from "./orders.js";
import { Overview } from "./overview.js";
import { Reports, Software } from "./reports.js";
import { Settings } from "./settings.js";
import { ago } from "./words.js";

const LIST_EVERY = 2000; // ms
const SESSION_EVERY = 5000;
const TABS = [
  ["overview", "Overview", Overview],
  ["settings", "Settings", Settings],
  ["data", "Data", Documents.campaigns],
  ["features", "Features", Documents.entitlements],
  ["software", "Software", Software],
  ["reports", "Reports", Reports],
];
const list = document.getElementById("list");
const view = document.getElementById("view");
const context = { session: null, table: [] };
let shown = null; // the car that is looked at

async function begin() {
  try {
    context.session = await get("/api/session");
    context.table = await get("/api/commands");
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return askToken(error.message);
    put(view, h("div", { class: "card empty" }, h("h2", {}, "The fleet's end does not answer"), h("p", {}, error.message)));
    setTimeout(begin, SESSION_EVERY);
    return undefined;
  }
  showSession();
  put(list, h("input", { type: "search", placeholder: "Find a vehicle", "aria-label": "Find a vehicle", oninput: drawList }),
    h("ul", { class: "cars" }));
  setInterval(() => refresh().catch((error) => say(error.message)), LIST_EVERY);
  setInterval(renew, SESSION_EVERY);
  window.addEventListener("hashchange", route);
  await refresh();
  route();
  return undefined;
}

function askToken(message) {
  const token = h("input", { type: "password", autocomplete: "off", required: true, "aria-label": "Token" });
  const enter = (event) => {
    event.preventDefault();
    setToken(token.value.trim());
    begin();
  };
  put(list);
  put(view, h("div", { class: "card empty" }, h("h2", {}, "Who is there?"),
    h("p", {}, message === "a token is needed" ? "Enter the token that you were given." : message),
    h("form", { class: "form", onsubmit: enter }, token, h("button", { class: "primary" }, "Enter"))));
  token.focus();
}

async function renew() {
  try {
    context.session = await get("/api/session");
    showSession();
  } catch (error) {
    showLink("bad", "no connection", error.message);
  }
}

function showSession() {
  const { broker, operator, may_issue: may, token } = context.session;
  if (broker.online) showLink("good", "broker connected", "");
  else showLink("wait", "no broker", broker.reason);
  const leave = token && h("button", { class: "quiet", onclick: () => { setToken(""); location.reload(); } }, "leave");
  put(document.getElementById("operator"), `${operator}${may ? "" : ", may read"} `, leave);
}

function showLink(kind, text, title) {
  const chip = document.getElementById("link");
  chip.className = `chip ${kind}`;
  chip.textContent = text;
  chip.title = title;
}

// -- vehicles ---------------------------------------------------------------------------------------------------------
let vehicles = [];

async function refresh() {
  const found = [];
  for (;;) { // a browser shows so many at most; the search of the interface finds the others
    const after = found.at(-1)?.vehicle ?? "";
    const page = await get(`/api/vehicles?limit=500&after=${encodeURIComponent(after)}`);
    found.push(...page);
    if (page.length < 500 || found.length >= 2000) break;
  }
  vehicles = found;
  drawList();
  if (!shown) await drawAll();
}

/** All vehicles in one table, with the software that they say they run. */
async function drawAll() {
  if (!vehicles.length) {
    put(view, h("div", { class: "card empty" }, h("h2", {}, "No vehicle yet"), h("p", {}, "A car shows up when it first connects to the broker.")));
    return;
  }
  if (vehicles.length === 1 && !location.hash.startsWith("#/car/")) {
    route();
    return;
  }
  const found = new Map((await get("/api/software?limit=500")).map((one) => [one.vehicle, one]));
  if (shown) return;
  const rows = vehicles.slice(0, 500).map((one) => h("tr", {},
    h("td", {}, h("a", { href: `#/car/${encodeURIComponent(one.vehicle)}` }, one.vehicle)),
    h("td", {}, h("span", { class: `chip ${one.state === "online" ? "good" : ""}` }, one.state || "never connected")),
    h("td", { class: "muted number" }, ago(one.seen_ms)),
    h("td", { class: "number" }, one.records.toLocaleString("en")),
    h("td", {}, String(found.get(one.vehicle)?.software || "–")),
    h("td", { class: "muted" }, [found.get(one.vehicle)?.subject, found.get(one.vehicle)?.state].filter(Boolean).join(": "))));
  const online = vehicles.filter((one) => one.state === "online").length;
  const heads = ["Vehicle", "State", "Last seen", "Records", "Software", "Newest update"];
  put(view, card("Vehicles", h("span", { class: "muted small" }, `${online} of ${vehicles.length} online`),
    h("div", { class: "scroll" }, h("table", { class: "all" }, h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", {}, text)))), h("tbody", {}, ...rows)))));
}

function drawList() {
  const wanted = list.querySelector("input").value.trim().toLowerCase();
  const items = vehicles.filter((one) => one.vehicle.toLowerCase().includes(wanted)).map((one) => {
    const here = shown?.id === one.vehicle;
    return h("li", {}, h("a", { href: `#/car/${encodeURIComponent(one.vehicle)}`, "aria-current": here ? "page" : null, title: one.vehicle },
      h("span", { class: one.state === "online" ? "dot online" : "dot" }),
      h("span", { class: "name" }, one.vehicle),
      h("span", { class: "muted small" }, one.state === "online" ? "online" : ago(one.seen_ms))));
  });
  put(list.querySelector("ul"), ...items);
}

function route() {
  let parts = [];
  try {
    parts = location.hash.split("/").map(decodeURIComponent);
  } catch { /* an address that nobody of us made */ }
  const [, kind, id, tab] = parts;
  const alone = vehicles.length === 1 ? vehicles[0].vehicle : "";
  const wanted = kind === "car" && id ? id : alone;
  if (!wanted) {
    shown?.close();
    shown = null;
    drawAll().catch((error) => say(error.message));
    return;
  }
  if (shown?.id !== wanted) {
    shown?.close();
    shown = new Car(wanted);
  }
  shown.open(TABS.find(([name]) => name === tab) ?? TABS[0]);
  drawList();
}

/** One car with its tabs; all of them hear its events. */
class Car {
  constructor(id) {
    this.id = id;
    this.events = new Map();
    this.stop = new AbortController();
    this.state = h("span", { class: "chip" }, "…");
    this.seen = h("span", { class: "muted number" });
    this.tabs = h("nav", { class: "tabs", "aria-label": "About this vehicle" });
    this.lost = h("p", { class: "notice", hidden: true });
    this.body = h("div", { class: "stack" });
    put(view, h("div", { class: "stack" },
      h("div", { class: "row" }, h("h1", {}, id), this.state, this.seen), this.lost, this.tabs, this.body));
    this.clock = setInterval(() => this.#head(), 1000);
    follow(id, this.stop.signal, (name, data) => this.#heard(name, data), (on, why) => this.#connected(on, why));
  }

  open([name, , Tab]) {
    if (this.tab === name) return;
    this.tab = name;
    this.panel?.close?.();
    const here = `#/car/${encodeURIComponent(this.id)}`;
    const offered = TABS.filter(([, , Panel]) => !Panel.document || context.session.documents.includes(Panel.document));
    put(this.tabs, ...offered.map(([key, text]) =>
      h("a", { href: `${here}/${key}`, "aria-current": key === name ? "page" : null }, text)));
    this.panel = new Tab(this.id, context);
    const orders = name === "overview" ? (this.orders ??= new Orders(this.id, context)) : null;
    put(this.body, this.panel.element, orders?.element);
    for (const [event, data] of this.events) this.#tell(event, data);
  }

  close() {
    this.stop.abort();
    clearInterval(this.clock);
    this.panel?.close?.();
  }

  #heard(name, data) {
    this.events.set(name, data);
    if (name === "vehicle") this.#head();
    if (name === "problem") this.#connected(false, data.message);
    else this.#connected(true, "");
    this.#tell(name, data);
  }

  #tell(name, data) {
    this.panel?.heard?.(name, data);
    if (this.tab === "overview") this.orders?.heard(name, data);
  }

  #head() {
    const entry = this.events.get("vehicle");
    if (!entry) return;
    this.state.className = `chip ${entry.state === "online" ? "good" : ""}`;
    this.state.textContent = entry.state || "never connected";
    this.seen.textContent = `last seen ${ago(entry.seen_ms)} · ${entry.records.toLocaleString("en")} records`;
  }

  #connected(on, why) {
    this.lost.hidden = on;
    this.lost.textContent = on ? "" : `What you see may be old: ${why}.`;
  }
}

begin();
