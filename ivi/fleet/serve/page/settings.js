// SPDX-License-Identifier: Apache-2.0
// The twin: what the fleet wants the car's settings to be, beside what the car reports.

import { attempt, card, h, put, say } from "./elements.js";
import { car, post } from "./interface.js";
import { input, read } from "./orders.js";
import { when, words } from "./words.js";

export class Settings {
  constructor(vehicle, context) {
    this.vehicle = vehicle;
    this.may = context.session.may_issue && context.session.roles.includes("fleet");
    this.inputs = new Map();
    this.note = h("span", { class: "muted small" });
    this.body = h("tbody", {});
    this.others = h("pre", { class: "muted" });
    const send = h("button", { class: "primary", onclick: () => this.#send(send) }, "Issue");
    this.element = h("div", { class: "stack" },
      card("Settings", this.note,
        h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, ...["Setting", "Reported", "Since", "Desired", ""].map((text) => h("th", {}, text)))), this.body)),
        this.may && h("div", { class: "row" }, send, h("span", { class: "muted small" }, "An empty field leaves the setting to the car. What somebody in the car changes afterwards stays changed.")),
        this.others));
  }

  heard(name, data) {
    if (name !== "twin") return;
    const first = this.twin === undefined;
    const version = data.desired?.version ?? 0;
    if (first || this.version !== version) this.inputs.clear(); // somebody issued another one: that is what is shown
    this.version = version;
    this.twin = data;
    const reported = data.reported ? `reported ${when(data.reported.at_ms)}` : "nothing reported yet";
    this.note.textContent = version ? `desired version ${version} by ${data.desired.operator}, ${when(data.desired.issued_ms)}; the car has ${data.taken || "none"} · ${reported}` : reported;
    put(this.body, ...data.settings.map((one) => this.#row(one)));
    const others = Object.entries(data.others);
    this.others.textContent = others.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join("\n");
  }

  #row(one) {
    if (!this.inputs.has(one.name)) {
      this.inputs.set(one.name, input({ ...one.argument, required: false }, one.desired));
    }
    const control = this.inputs.get(one.name);
    control.disabled = !this.may;
    const [kind, text] = one.desired === null ? ["", ""] : one.state === "applied" ? ["good", "applied"] : one.state === "" || one.state === "pending" ? ["wait", one.parked ? "waits until parked" : "waits"] : ["bad", one.state];
    return h("tr", {},
      h("td", { title: one.argument.text }, words(one.name), one.parked ? h("span", { class: "muted small" }, " parked") : ""),
      h("td", { class: "number" }, said(one.reported)),
      h("td", { class: "muted number" }, when(one.at_ms)),
      h("td", {}, control),
      h("td", {}, text && h("span", { class: `chip ${kind}` }, text)));
  }

  #send(button) {
    const document = {};
    for (const one of this.twin.settings) {
      const given = read(one.argument, this.inputs.get(one.name));
      if (given === undefined) continue;
      const [branch, leaf] = one.name.split(".");
      (document[branch] ??= {})[leaf] = given;
    }
    attempt(button, async () => {
      const made = await post(car(this.vehicle, "/twin"), { document, base: this.version });
      say(`Version ${made.version} is on its way.`);
    });
  }
}

function said(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
