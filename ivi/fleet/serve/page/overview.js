// SPDX-License-Identifier: Apache-2.0
// The newest value of each signal, and one of them over time.

import { Chart } from "./chart.js";
import { card, h, put, say } from "./elements.js";
import { car, get } from "./interface.js";
import { order, signal, value, words } from "./words.js";

const PERIODS = [[5, "5 min"], [15, "15 min"], [60, "1 h"], [360, "6 h"], [1440, "24 h"]];
const KEEP = 20000; // samples of one chart

export class Overview {
  constructor(vehicle) {
    this.vehicle = vehicle;
    this.signals = {};
    this.samples = [];
    this.path = "";
    this.minutes = 5;
    this.chart = new Chart();
    this.tiles = h("div", { class: "tiles" });
    this.title = h("h2", {}, "Telemetry");
    const period = h("select", { "aria-label": "Period", onchange: () => { this.minutes = Number(period.value); this.#load(); } },
      ...PERIODS.map(([minutes, text]) => h("option", { value: minutes }, text)));
    this.plot = card(this.title, period, this.chart.element);
    this.empty = h("p", { class: "muted" }, "No measured values yet. What a car sends, and for how long, follows from its campaigns and its driver's consent.");
    this.element = h("div", { class: "stack" }, this.tiles, this.plot);
    put(this.tiles, this.empty);
    this.clock = setInterval(() => this.#draw(), 1000);
  }

  heard(name, data) {
    if (name !== "signals") return;
    this.signals = data;
    const paths = order(Object.keys(data));
    if (!paths.length) return;
    if (!paths.includes(this.path)) this.#choose(paths[0]);
    const newest = data[this.path];
    if (this.samples.length && newest[0] > this.samples.at(-1)[0]) {
      this.samples.push(newest);
      this.samples.splice(0, this.samples.length - KEEP);
    } else if (!this.samples.length && !this.loading) this.#load();
    this.#tiles(paths);
    this.#draw();
  }

  close() {
    clearInterval(this.clock);
  }

  #tiles(paths) {
    const known = new Map([...this.tiles.children].map((tile) => [tile.dataset.path, tile]));
    if (paths.length === known.size && paths.every((path) => known.has(path))) {
      for (const path of paths) { // in place, so that nothing jumps under the pointer
        known.get(path).querySelector(".value").textContent = value(path, this.signals[path][1]);
        known.get(path).setAttribute("aria-pressed", path === this.path);
      }
      return;
    }
    put(this.tiles, ...paths.map((path) => {
      const { label, unit } = signal(path);
      return h("button", { class: "tile", "data-path": path, title: path, "aria-pressed": String(path === this.path), onclick: () => this.#choose(path) },
        h("span", { class: "label" }, label),
        h("span", { class: "value" }, value(path, this.signals[path][1])), h("span", { class: "unit" }, unit));
    }));
  }

  #choose(path) {
    this.path = path;
    this.samples = [];
    const { label, unit } = signal(path);
    put(this.title, words(label), unit ? h("span", { class: "muted small" }, ` ${unit}`) : "");
    for (const tile of this.tiles.children) tile.setAttribute?.("aria-pressed", tile.dataset.path === path);
    this.#load();
  }

  async #load() {
    const asked = this.path;
    this.loading = true;
    try {
      const found = await get(car(this.vehicle, `/telemetry?minutes=${this.minutes}&path=${encodeURIComponent(asked)}`));
      if (asked === this.path) this.samples = found.samples;
    } catch (error) {
      say(error.message);
    } finally {
      this.loading = false;
    }
    this.#draw();
  }

  #draw() {
    const { unit, factor, digits, label } = signal(this.path);
    const scaled = this.samples.map(([ms, raw]) => [ms, typeof raw === "number" ? raw * factor : typeof raw === "boolean" ? Number(raw) : null]);
    this.chart.show(scaled, { minutes: this.minutes, unit, digits, label });
  }
}
