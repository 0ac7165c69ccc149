import { byId, make } from './dom.ts';
import type { State } from './state.ts';

/** Most colours of a gradient. */
const MOST = 4;
/** The initial values of additional colours. */
const NEXT = ['0ea5e9', 'f59e0b', 'ec4899'];

/** The background's colours, one swatch each. They come from the service, so that nothing is parsed here. */
export function bindStops(state: State): void {
  const box = document.querySelector<HTMLElement>('.stops');
  if (!box) return;
  const text = byId<HTMLInputElement>('o-bg');
  /** Changes the colours that the service read last; an edit made just before is included. */
  const change = async (edit: (colours: readonly string[]) => readonly string[]): Promise<void> => {
    await state.settled;
    text.value = edit(state.explanation?.colours.bg ?? []).join('-');
    state.set({ bg: text.value });
  };
  const show = (colours: readonly string[]): void => {
    const stops = colours.map((colour, at) => {
      const swatch = make('input', {
        type: 'color',
        class: 'swatch',
        value: `#${colour.slice(0, 6)}`,
        'aria-label': `Colour ${at + 1}`,
      });
      swatch.addEventListener('input', () => void change((now) => now.with(at, swatch.value.slice(1))));
      const remove = make(
        'button',
        { type: 'button', class: 'small', 'aria-label': `Remove colour ${at + 1}` },
        '×',
      );
      remove.addEventListener('click', () => void change((now) => now.toSpliced(at, 1)));
      return make('span', { class: 'stop' }, swatch, ...(colours.length > 1 ? [remove] : []));
    });
    const add = make('button', { type: 'button', class: 'small add' }, '+ colour');
    add.addEventListener('click', () => void change((now) => [...now, NEXT[now.length - 1] ?? 'ffffff']));
    // An open picker must stay in place.
    if (box.contains(document.activeElement) && box.querySelectorAll('.stop').length === colours.length)
      return;
    box.replaceChildren(...stops, ...(colours.length < MOST ? [add] : []));
  };
  state.listen({ explained: ({ colours }) => show(colours.bg) });
}
