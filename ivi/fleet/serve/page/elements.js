// SPDX-License-Identifier: Apache-2.0
// Makes elements. Text goes in as text only: nothing that a car sent can become markup (see also the page's policy).

const SVG = "http://www.w3.org/2000/svg";

/** An element: h("p", {class: "muted", onclick: f}, "text", child, …). null, undefined and false are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for drawings. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name !== "value") element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  if (attributes.value !== undefined && attributes.value !== null) element.value = attributes.value; // a choice needs its options
  return element;
}

/** Replace what is in an element. */
export function put(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
}

/** A card with a heading. */
export function card(title, aside, ...children) {
  return h("section", { class: "card" }, h("header", {}, h("h2", {}, title), h("span", { class: "spring" }), aside), ...children);
}

/** A labelled input. */
export function field(label, input) {
  return h("label", { class: "field" }, label, input);
}

let hiding = 0;

/** Say something for a moment. */
export function say(text) {
  const toast = document.getElementById("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { toast.hidden = true; }, 6000);
}

/** Run what a button does; an error is said, and the button waits meanwhile. */
export async function attempt(button, work) {
  button.disabled = true;
  try {
    return await work();
  } catch (error) {
    say(error.message);
    return undefined;
  } finally {
    button.disabled = false;
  }
}
