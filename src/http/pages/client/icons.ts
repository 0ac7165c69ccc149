import { spellUrl, UNLABELLED } from '../own-url.ts';
import { all, base, byId, debounce, make } from './dom.ts';
import type { State } from './state.ts';

/** Shown before a search. */
const POPULAR =
  'image camera user shopping-cart heart star rocket house mail phone map-pin calendar clock search settings play video music file folder lock globe sparkles gift'.split(
    ' ',
  );
const MOST = 48;

let names: Promise<string[]> | undefined;

/** All names, loaded with the first search. */
function load(): Promise<string[]> {
  names ??= fetch(`${base}/icons.json`).then((response) => response.json());
  return names;
}

/** Names that contain a word; those that begin with it come first. */
function search(all: readonly string[], word: string): string[] {
  const rank = (name: string): number =>
    name === word ? 0 : name.startsWith(word) ? 1 : name.split('-').includes(word) ? 2 : 3;
  return all
    .filter((name) => name.includes(word))
    .sort((a, b) => rank(a) - rank(b) || a.length - b.length)
    .slice(0, MOST);
}

export function bindIcons(state: State): void {
  const box = document.querySelector<HTMLElement>('[data-icons]');
  if (!box) return;
  const mount = byId('form').dataset['mount'] ?? '';
  const input = byId<HTMLInputElement>(box.dataset['icons'] ?? '');
  const press = (): void => {
    for (const button of all('button', box))
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-label') === input.value));
  };
  const tile = (name: string): HTMLElement => {
    const src = spellUrl(
      {
        dimensions: '28',
        bg: 'transparent',
        fg: '000',
        format: 'svg',
        icon: name,
        size: '40',
        [UNLABELLED]: '1',
      },
      mount,
    );
    const button = make(
      'button',
      { type: 'button', 'aria-label': name, title: name },
      make('img', { src, alt: '', width: '28', height: '28', loading: 'lazy', fetchpriority: 'low' }),
    );
    button.addEventListener('click', () => {
      input.value = input.value === name ? '' : name;
      state.set({ icon: input.value });
      press();
    });
    return button;
  };
  const show = async (): Promise<void> => {
    const word = input.value.trim().toLowerCase();
    const found = word === '' ? POPULAR : search(await load(), word);
    if (input.value.trim().toLowerCase() !== word) return;
    box.replaceChildren(...found.map(tile));
    press();
  };
  input.addEventListener(
    'input',
    debounce(150, () => void show()),
  );
  void show();
  state.listen({ explained: (_explanation, source) => (source === 'line' ? void show() : press()) });
}
