// SPDX-License-Identifier: Apache-2.0
// How values, times and states are said.

const SIGNALS = {
  "Vehicle.Speed": ["Speed", "km/h", 1, 0],
  "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed": ["Charge", "%", 1, 1],
  "Vehicle.Powertrain.TractionBattery.CurrentPower": ["Battery power", "kW", 0.001, 1],
  "Vehicle.Powertrain.Range": ["Range", "km", 0.001, 0],
  "Vehicle.Exterior.AirTemperature": ["Outside", "°C", 1, 1],
  "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature": ["Cabin, set", "°C", 1, 1],
};

/** Label, unit, factor and digits of a signal; of one that is not known its last words. */
export function signal(path) {
  const known = SIGNALS[path];
  if (known) return { label: known[0], unit: known[1], factor: known[2], digits: known[3] };
  return { label: path.split(".").slice(-2).join(" "), unit: "", factor: 1, digits: 2 };
}

/** Order in which signals are shown: those with a name first. */
export function order(paths) {
  const named = Object.keys(SIGNALS).filter((path) => paths.includes(path));
  return [...named, ...paths.filter((path) => !(path in SIGNALS)).sort()];
}

/** A value of a signal without its unit. */
export function value(path, raw) {
  if (typeof raw !== "number") return raw === null || raw === undefined ? "–" : String(raw);
  const { factor, digits } = signal(path);
  return number(raw * factor, digits);
}

/** A number with so many digits at most. */
export function number(amount, digits) {
  return amount.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: 0 });
}

/** How long ago, in a word or two. */
export function ago(ms) {
  if (!ms) return "never";
  const seconds = Math.max(0, (Date.now() - ms) / 1000);
  if (seconds < 3) return "now";
  if (seconds < 90) return `${Math.round(seconds)} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 129600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86400)} days ago`;
}

/** A time of day; with the date when it is not today. */
export function when(ms) {
  if (!ms) return "–";
  const date = new Date(ms);
  const time = date.toLocaleTimeString("en-GB");
  return date.toDateString() === new Date().toDateString() ? time : `${date.toLocaleDateString("en-CA")} ${time}`;
}

const STATES = {
  issued: ["waits for the broker", "wait"],
  sent: ["sent", "busy"],
  received: ["received", "busy"],
  awaiting_consent: ["waits for somebody in the car", "wait"],
  accepted: ["accepted", "busy"],
  running: ["running", "busy"],
  succeeded: ["succeeded", "good"],
  located: ["located", "good"],
  failed: ["failed", "bad"],
  rejected: ["rejected", "bad"],
  refused: ["refused", "bad"],
  expired: ["expired", "wait"],
  cancelled: ["cancelled", "wait"],
  outcome_unknown: ["outcome unknown", "wait"],
  no_answer: ["no answer", "wait"],
};

/** A state of a command for people, and its colour. */
export function state(name) {
  return Object.hasOwn(STATES, name) ? STATES[name] : [String(name), "wait"];
}

/** A dotted or underscored name as words. */
export function words(name) {
  const text = String(name).replaceAll(/[._]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
