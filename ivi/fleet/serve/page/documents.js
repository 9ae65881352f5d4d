// SPDX-License-Identifier: Apache-2.0
// Documents that a car holds until the next version: campaigns and entitlements.

import { attempt, card, h, put, say } from "./elements.js";
import { car, get, post } from "./interface.js";
import { when } from "./words.js";

const EVERY = 2000; // ms
const COLOURS = new Map([["active", "good"], ["grace", "wait"], ["locked", "bad"]]);

export class Documents {
  /** What data the fleet asks for. */
  static campaigns = class extends Documents {
    static document = "campaigns";

    constructor(vehicle, context) {
      super(vehicle, context, { path: "/campaigns", role: "campaigns", title: "Campaigns",
        text: "Which signals are asked for, when, how often and for what. The driver's consent decides in the car what of it leaves." });
    }
  };

  /** Which features the car may use. */
  static entitlements = class extends Documents {
    static document = "entitlements";

    constructor(vehicle, context) {
      super(vehicle, context, { path: "/entitlements", role: "entitlements", title: "Features",
        text: "What this car is entitled to. A new snapshot replaces the one before; nothing that is needed for safety can be taken away." });
    }
  };

  constructor(vehicle, context, kind) {
    this.vehicle = vehicle;
    this.kind = kind;
    this.may = context.session.may_issue && context.session.roles.includes(kind.role);
    this.note = h("span", { class: "muted small" });
    this.content = h("textarea", { spellcheck: "false", "aria-label": kind.title, readonly: !this.may });
    this.button = h("button", { class: "primary", onclick: () => this.#send() }, "Sign and issue");
    this.element = card(kind.title, this.note, h("p", { class: "muted small" }, kind.text), this.content,
      this.may ? h("div", { class: "row" }, this.button, h("span", { class: "muted small" }, "Checked and signed here; the car checks again."))
        : h("p", { class: "muted small" }, `To issue, there has to be a key for ${kind.role}, and your token needs the scope issue.`));
    this.reported = h("tbody", {});
    this.told = h("div", { class: "scroll", hidden: true }, h("table", {}, h("thead", {}, h("tr", {}, ...["Feature", "In the car", "Used"].map((text) => h("th", {}, text)))), this.reported));
    this.element.append(this.told);
    this.#load();
    this.clock = setInterval(() => this.#look().catch((error) => say(error.message)), EVERY);
  }

  close() {
    clearInterval(this.clock);
  }

  /** What is new, without touching what is being written. */
  async #look() {
    const found = await get(car(this.vehicle, this.kind.path));
    this.#tell(found);
  }

  #tell(found) {
    this.note.textContent = found.issued ? `version ${found.issued.version} by ${found.issued.operator}, ${when(found.issued.issued_ms)}${found.issued.sent_ms ? "" : ", waits for the broker"}${found.reported ? `; the car has ${found.reported.data.sequence}` : ""}` : "none issued yet; this is an example";
    const states = found.reported?.data.states ?? {};
    this.told.hidden = !Object.keys(states).length;
    put(this.reported, ...Object.entries(states).map(([id, state]) => h("tr", {}, h("td", {}, id), h("td", {}, h("span", { class: `chip ${COLOURS.get(state) ?? ""}` }, String(state))), h("td", { class: "number" }, String(found.spent?.[id] ?? "–")))));
  }

  async #load() {
    try {
      const found = await get(car(this.vehicle, this.kind.path));
      this.version = found.issued?.version ?? 0;
      this.#tell(found);
      this.content.value = JSON.stringify(found.issued?.content ?? found.example, null, 2);
    } catch (error) {
      put(this.element, h("p", { class: "muted" }, error.message));
    }
  }

  #send() {
    attempt(this.button, async () => {
      const made = await post(car(this.vehicle, this.kind.path), { content: JSON.parse(this.content.value), base: this.version });
      say(`Version ${made.version} is on its way.`);
      await this.#load();
    });
  }
}
