// SPDX-License-Identifier: Apache-2.0
// Commands: one of the fixed list with its arguments, and where each one stands.

import { attempt, card, field, h, put, say } from "./elements.js";
import { car, post } from "./interface.js";
import { state, when, words } from "./words.js";

const FINAL = new Set(["succeeded", "located", "failed", "rejected", "refused", "expired", "cancelled", "outcome_unknown", "no_answer"]);
const VALID = [[60, "1 min"], [300, "5 min"], [3600, "1 h"], [86400, "1 day"]];

export class Orders {
  constructor(vehicle, context) {
    this.vehicle = vehicle;
    this.table = context.table.filter((one) => one.name !== "cancel");
    this.roles = context.session.roles;
    this.may = context.session.may_issue;
    this.items = h("ul", { class: "orders" });
    this.fields = h("div", { class: "form" });
    this.told = "";
    this.element = card("Commands", null, this.#form(), this.items);
  }

  heard(name, data) {
    const text = name === "commands" ? JSON.stringify(data) : this.told;
    if (text === this.told) return;
    this.told = text;
    put(this.items, ...data.map((one) => this.#item(one)));
    if (!data.length) put(this.items, h("li", { class: "muted" }, "No command was sent to this car yet."));
  }

  #form() {
    if (!this.may) return h("p", { class: "muted" }, "You may look; to send commands your token needs the scope issue.");
    this.table = this.table.filter((one) => one.roles.some((role) => this.roles.includes(role)));
    if (!this.table.length) return h("p", { class: "muted" }, "There are no keys to sign with: make some with “ivi fleet keygen”.");
    this.which = h("select", { id: "command", onchange: () => this.#choose() },
      ...this.table.map((one) => h("option", { value: one.name }, words(one.name))));
    this.role = h("select", { id: "role" });
    this.valid = h("select", { id: "valid" }, ...VALID.map(([seconds, text]) => h("option", { value: seconds }, text)));
    this.hint = h("p", { class: "hint muted small" });
    const form = h("form", { class: "form", onsubmit: (event) => { event.preventDefault(); this.#send(event.submitter); } },
      field("Command", this.which), this.fields, field("Valid for", this.valid), field("As", this.role),
      h("button", { class: "primary", id: "send" }, "Send"), this.hint);
    this.#choose();
    return form;
  }

  #choose() {
    const rule = this.table.find((one) => one.name === this.which.value);
    this.inputs = rule.arguments.map((one) => [one, input(one)]);
    put(this.fields, ...this.inputs.map(([one, element]) => field(one.kind === "number" ? `${words(one.name)}, ${one.text}` : words(one.name), element)));
    put(this.role, ...rule.roles.filter((role) => this.roles.includes(role)).map((role) => h("option", { value: role }, role)));
    if (this.roles.includes("fleet") && rule.roles.includes("fleet")) this.role.value = "fleet";
    const consent = rule.consent.length ? ` Somebody in the car has to agree${rule.consent.length < rule.roles.length ? ` when it is for ${rule.consent.join(", ")}` : ""}.` : "";
    this.hint.textContent = `${words(rule.text)}.${rule.parked ? " Only while the car is parked." : ""}${consent}`;
  }

  #send(button) {
    const args = {};
    for (const [one, element] of this.inputs) {
      const given = read(one, element);
      if (given !== undefined) args[one.name] = given;
    }
    const body = { name: this.which.value, args, role: this.role.value, seconds: Number(this.valid.value) };
    attempt(button, () => post(car(this.vehicle, "/commands"), body));
  }

  #item(one) {
    const [text, kind] = state(one.state);
    const args = Object.entries(one.args).map(([name, given]) => `${name} ${given}`).join(", ");
    const steps = [["issued", one.issued_ms], ...(one.sends ? [["sent", one.sent_ms]] : []), ...one.states.map((step) => [step.state, step.at_ms])];
    const open = !FINAL.has(one.state) && this.may && one.name !== "cancel";
    return h("li", { "data-command": one.id, "data-state": one.state },
      h("div", { class: "head" }, h("b", {}, words(one.name)), args && h("span", { class: "muted" }, args), h("span", { class: `chip ${kind}` }, text),
        h("span", { class: "spring" }),
        open && h("button", { class: "quiet", onclick: (event) => this.#cancel(one, event.target) }, "call back"),
        h("span", { class: "muted small number", title: `id ${one.id}` }, `${when(one.issued_ms)} · ${one.operator} as ${one.role}${one.sends > 1 ? ` · sent ${one.sends} times` : ""}`)),
      h("ol", { class: "steps" }, ...steps.map(([name, ms]) => h("li", { title: when(ms) }, name === "issued" ? "issued" : state(name)[0]))),
      one.reason && h("p", { class: "reason" }, one.reason),
      one.result && Object.keys(one.result).length > 0 && h("pre", { class: "muted" }, Object.entries(one.result).map(([name, given]) => `${name} ${JSON.stringify(given)}`).join("   ")));
  }

  async #cancel(one, button) {
    if (await attempt(button, () => post(car(this.vehicle, `/commands/${one.id}/cancel`)))) say("The car is asked to forget it.");
  }
}

/** An input for an argument of a command or a setting. */
export function input(argument, present) {
  const limits = { min: argument.minimum, max: argument.maximum };
  if (argument.kind === "flag") {
    const choices = argument.required ? [] : [["", "–"]];
    return h("select", { value: present === undefined || present === null ? choices[0]?.[0] ?? "true" : String(present) },
      ...[...choices, ["true", "on"], ["false", "off"]].map(([key, text]) => h("option", { value: key }, text)));
  }
  if (argument.kind === "id") return h("input", { pattern: "[0-9a-fA-F]{32}", required: argument.required });
  const hint = Number.isFinite(argument.minimum) && Number.isFinite(argument.maximum) ? `${argument.minimum}–${argument.maximum}` : null;
  return h("input", { type: "number", ...limits, placeholder: hint, step: argument.kind === "integer" ? 1 : 0.5, required: argument.required, value: present ?? null });
}

/** What was entered; undefined for nothing. */
export function read(argument, element) {
  if (element.value === "") return undefined;
  if (argument.kind === "flag") return element.value === "true";
  return argument.kind === "id" ? element.value : Number(element.value);
}
