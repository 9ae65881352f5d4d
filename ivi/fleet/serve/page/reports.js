// SPDX-License-Identifier: Apache-2.0
// What a car reported besides measured values, and what software it says it runs.

import { card, h, put, say } from "./elements.js";
import { car, get } from "./interface.js";
import { when, words } from "./words.js";

const EVERY = 3000; // ms
const KINDS = ["", "refused", "command", "twin", "update", "consent", "usage", "malformed"];

class Polled {
  constructor() {
    this.clock = setInterval(() => this.load(), EVERY);
  }

  close() {
    clearInterval(this.clock);
  }

  async load() {
    try {
      await this.fetch();
    } catch (error) {
      say(error.message);
    }
  }
}

export class Reports extends Polled {
  constructor(vehicle) {
    super();
    this.vehicle = vehicle;
    this.kind = h("select", { "aria-label": "Kind", onchange: () => this.load() }, ...KINDS.map((kind) => h("option", { value: kind }, kind || "everything")));
    this.body = h("tbody", {});
    this.element = card("Reports", this.kind, h("div", { class: "scroll" }, table(["Received", "Kind", "Content"], this.body)));
    this.load();
  }

  async fetch() {
    const kind = this.kind.value ? `&kind=${encodeURIComponent(this.kind.value)}` : "";
    const found = await get(car(this.vehicle, `/events?limit=100${kind}`));
    const text = JSON.stringify(found);
    if (text === this.told) return;
    this.told = text;
    put(this.body, ...found.map((one) => h("tr", {}, h("td", { class: "muted number top" }, when(one.received_ms)),
      h("td", { class: "top" }, h("span", { class: `chip plain ${one.kind === "refused" || one.kind === "malformed" ? "bad" : ""}` }, one.kind)),
      h("td", {}, h("pre", {}, content(one.data))))));
    if (!found.length) put(this.body, h("tr", {}, h("td", { colspan: 3, class: "muted" }, "Nothing yet.")));
  }
}

export class Software extends Polled {
  constructor(vehicle) {
    super();
    this.vehicle = vehicle;
    this.now = h("p", {});
    this.body = h("tbody", {});
    this.element = card("Software", null, this.now, h("div", { class: "scroll" }, table(["When", "What", "State", "Software", ""], this.body)));
    this.load();
  }

  async fetch() {
    const found = await get(car(this.vehicle, "/events?limit=100&kind=update"));
    const text = JSON.stringify(found);
    if (text === this.told) return;
    this.told = text;
    const newest = found.find((one) => one.data.software);
    this.now.textContent = newest ? `Identifier of the installed software: ${newest.data.software}` : "This car has not reported its software yet.";
    put(this.body, ...found.map((one) => h("tr", {}, h("td", { class: "muted number" }, when(one.at_ms)), h("td", {}, String(one.data.subject ?? one.data.job ?? "")),
      h("td", {}, words(one.data.state ?? "")), h("td", {}, String(one.data.software ?? "")), h("td", { class: "muted" }, String(one.data.why ?? "")))));
  }
}

function table(heads, body) {
  return h("table", {}, h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", {}, text)))), body);
}

function content(data) {
  return Object.entries(data).map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`).join("\n");
}
