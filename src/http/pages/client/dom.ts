/** The path prefix of greybox; empty at the root. */
export const base = document.documentElement.dataset['base'] ?? '';

/** The element with an id. @throws Error if the page has none: the page and its script belong together */
export function byId<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found as T;
}

export function all<T extends Element>(selector: string, root: ParentNode = document): T[] {
  return [...root.querySelectorAll<T>(selector)];
}

/** Makes an element with attributes and children; `undefined` leaves an attribute out. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | undefined> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Calls back after some ms without another call. */
export function debounce(ms: number, task: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(task, ms);
  };
}

/** Bytes in readable form: `4.1 kB`. */
export function inBytes(bytes: number): string {
  const [value, unit] =
    bytes < 1000 ? [bytes, 'B'] : bytes < 1e6 ? [bytes / 1000, 'kB'] : [bytes / 1e6, 'MB'];
  return `${value >= 100 || unit === 'B' ? Math.round(value) : value.toFixed(1)} ${unit}`;
}

/** Shows a message for a moment; screen readers announce it. */
export function say(text: string): void {
  const toast = byId('toast');
  toast.textContent = text;
  toast.classList.add('shown');
  hide();
}

const hide = debounce(2200, () => byId('toast').classList.remove('shown'));
