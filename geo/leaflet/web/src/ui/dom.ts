/**
 * Build elements from texts.
 *
 * Texts of reports become text nodes and nothing else: there is no way here to hand markup, script,
 * style or an unchecked address to the browser.
 */

export type Child = Node | string | null | undefined | false;
export type Attributes = Record<string, string | number | boolean | null | undefined>;
export type Listeners = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

const ATTRIBUTES =
  /^(class|id|for|type|name|value|role|lang|dir|title|tabindex|min|max|step|placeholder|checked|disabled|hidden|open|cite|autocomplete|inputmode|download|aria-[a-z]+|data-[a-z]+|datetime|rel|target)$/;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  children: Child | Child[] = [],
  listeners: Listeners = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (!ATTRIBUTES.test(name)) throw new Error(`attribute ${name} is not one that h() sets.`);
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener as EventListener);
  fill(element, children);
  return element;
}

/** Replace what an element holds. */
export function fill(element: Element, children: Child | Child[]): void {
  const list = (Array.isArray(children) ? children : [children]).filter(
    (child): child is Node | string => !!child || child === "",
  );
  element.replaceChildren(...list);
}

// Controls that reorder or hide what is read: they could make one text look like another.
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff]/g;

/** A text of a report or table without characters that reorder or hide. */
export function clean(text: string): string {
  return text.replace(BIDI, "").replace(CONTROLS, " ");
}

/** A text cut at the end of a word, where it is longer than that. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(" ", most);
  return `${text.slice(0, end > most / 2 ? end : most).trimEnd()} …`;
}

/** A text of a report or table, isolated so that its direction cannot disturb what stands around it. */
export function isolated(text: string): HTMLElement {
  return h("bdi", {}, clean(text));
}

/** The arrow that points the way one reads. */
export function onward({ dir }: { dir: "ltr" | "rtl" }): string {
  return dir === "rtl" ? "←" : "→";
}

/** A link, if the address is one of the web; else only its text. */
export function link(address: string, text: string): HTMLElement {
  if (!isWebAddress(address)) return isolated(text);
  const anchor = h("a", { rel: "noopener noreferrer", target: "_blank" }, isolated(text));
  anchor.href = address;
  return anchor;
}

export function isWebAddress(address: string): boolean {
  if (!/^https?:\/\//i.test(address)) return false;
  try {
    return ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

export function button(text: Child | Child[], attributes: Attributes, onClick: () => void): HTMLButtonElement {
  return h("button", { type: "button", ...attributes }, text, { click: onClick });
}

/** Words that join parts, without gaps where a part is missing. */
export function joined(parts: (Child | Child[])[], separator: string): Child[] {
  const present = parts.filter((part) => part !== null && part !== undefined && part !== false && part !== "");
  return present.flatMap((part, at) => (at ? [separator, ...[part].flat()] : [part].flat()));
}
