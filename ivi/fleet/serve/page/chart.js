// SPDX-License-Identifier: Apache-2.0
// One line over time, drawn as SVG: gaps stay gaps, the axis has round numbers, and a pointer reads a value.

import { s, put } from "./elements.js";
import { number, when } from "./words.js";

const HEIGHT = 240, LEFT = 48, RIGHT = 12, TOP = 14, BOTTOM = 26; // px
const GAP = 5; // times the usual distance of two samples is a gap

export class Chart {
  constructor() {
    this.element = s("svg", { class: "chart", role: "img" });
    this.samples = [];
    this.pointer = null;
    this.element.addEventListener("pointermove", (event) => {
      this.pointer = event.clientX - this.element.getBoundingClientRect().left;
      this.draw();
    });
    this.element.addEventListener("pointerleave", () => { this.pointer = null; this.draw(); });
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  /** Show samples [ms, number] in the last `minutes`. */
  show(samples, { minutes, unit, digits, label }) {
    this.samples = samples.filter((one) => typeof one[1] === "number");
    Object.assign(this, { minutes, unit, digits, label });
    this.draw();
  }

  draw() {
    const width = this.element.clientWidth;
    if (!width || !this.minutes) return;
    this.element.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    const to = Math.max(Date.now(), this.samples.at(-1)?.[0] ?? 0);
    const from = to - this.minutes * 60000;
    const shown = this.samples.filter((one) => one[0] >= from);
    const [low, high, step] = range(shown.map((one) => one[1]));
    this.element.setAttribute("height", HEIGHT);
    const x = (ms) => LEFT + ((ms - from) / (to - from)) * (width - LEFT - RIGHT);
    const y = (amount) => TOP + ((high - amount) / (high - low)) * (HEIGHT - TOP - BOTTOM);
    this.element.setAttribute("aria-label", `${this.label}: ${shown.length} values in ${this.minutes} minutes`);
    this.element.setAttribute("data-points", shown.length);
    const parts = [...this.#axis(x, y, { from, to, low, high, step, width })];
    if (!shown.length) {
      parts.push(s("text", { x: width / 2, y: HEIGHT / 2, "text-anchor": "middle" }, "nothing came in this time"));
    }
    for (const run of runs(shown)) {
      const line = run.map((one) => `${x(one[0]).toFixed(1)},${y(one[1]).toFixed(1)}`).join("L");
      parts.push(s("path", { class: "area", d: `M${x(run[0][0]).toFixed(1)},${y(low)}L${line}L${x(run.at(-1)[0]).toFixed(1)},${y(low)}Z` }));
      parts.push(s("path", { class: "line", d: `M${line}${run.length === 1 ? "h0.1" : ""}` }));
    }
    put(this.element, ...parts, ...this.#read(shown, x, y, width));
  }

  * #axis(x, y, { from, to, low, high, step, width }) {
    for (let amount = low; amount <= high + step / 1000; amount += step) {
      yield s("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(amount), y2: y(amount) });
      yield s("text", { x: LEFT - 8, y: y(amount) + 4, "text-anchor": "end" }, number(amount, step < 1 ? 2 : 0));
    }
    const count = Math.max(2, Math.min(6, Math.floor(width / 130)));
    for (let tick = 0; tick <= count; tick += 1) {
      const ms = from + ((to - from) * tick) / count;
      const text = new Date(ms).toLocaleTimeString("en-GB").slice(0, this.minutes > 10 ? 5 : 8);
      const anchor = tick === 0 ? "start" : tick === count ? "end" : "middle";
      yield s("text", { x: x(ms), y: HEIGHT - 6, "text-anchor": anchor }, text);
    }
  }

  #read(shown, x, y, width) {
    if (this.pointer === null || !shown.length) return [];
    const near = shown.reduce((best, one) => (Math.abs(x(one[0]) - this.pointer) < Math.abs(x(best[0]) - this.pointer) ? one : best));
    const at = x(near[0]), end = at > width * 0.7;
    return [
      s("line", { class: "cross", x1: at, x2: at, y1: TOP, y2: HEIGHT - BOTTOM }),
      s("circle", { class: "point", cx: at, cy: y(near[1]), r: 5 }),
      s("text", { class: "tip", x: at + (end ? -10 : 10), y: TOP + 8, "text-anchor": end ? "end" : "start" },
        `${number(near[1], this.digits)} ${this.unit} at ${when(near[0])}`),
    ];
  }
}

/** Lowest and highest mark, and the step between marks: 1, 2 or 5 times a power of ten. */
export function range(values) {
  let low = Infinity, high = -Infinity;
  for (const one of values) { low = Math.min(low, one); high = Math.max(high, one); }
  if (low > high) [low, high] = [0, 1];
  if (high - low < 1e-9) { low -= Math.max(0.5, Math.abs(low) * 0.02); high += Math.max(0.5, Math.abs(high) * 0.02); }
  const positive = values.length > 0 && values.every((one) => one >= 0);
  if (positive && low < 0) [low, high] = [0, Math.max(1, high)];
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  return [Math.floor(low / step) * step, Math.ceil(high / step) * step, step];
}

/** Samples in runs without a gap. */
export function runs(samples) {
  const distances = samples.slice(1).map((one, index) => one[0] - samples[index][0]).sort((a, b) => a - b);
  const usual = distances[Math.floor(distances.length / 2)] || 1000;
  const found = [];
  for (const one of samples) {
    if (!found.length || one[0] - found.at(-1).at(-1)[0] > usual * GAP) found.push([]);
    found.at(-1).push(one);
  }
  return found;
}
