import { all, byId, debounce, inBytes, make } from './dom.ts';
import type { State } from './state.ts';

/** The picture formats that the form offers. */
const formats = [...byId<HTMLSelectElement>('o-format').options]
  .map(({ text }) => text)
  .filter((name) => name !== 'auto');

interface Row {
  readonly button: HTMLButtonElement;
  readonly bytes: HTMLElement;
  readonly bar: HTMLMeterElement;
}

function makeRow(format: string, state: State): Row {
  const bytes = make('span', { class: 'bytes' }, '…');
  const bar = make('meter', { min: '0', max: '1', value: '0', 'aria-hidden': 'true' });
  const button = make(
    'button',
    { type: 'button', 'data-format': format },
    make('span', {}, format),
    bar,
    bytes,
  );
  button.addEventListener('click', () => {
    const value = format === 'png' ? '' : format;
    byId<HTMLSelectElement>('o-format').value = value;
    state.set({ format: value });
  });
  return { button, bytes, bar };
}

/** Lists the formats with the current picture's size in each, requested when the page is idle. */
export function bindFormats(state: State): void {
  const rows = new Map(formats.map((format) => [format, makeRow(format, state)]));
  byId('formats').replaceChildren(...Array.from(rows.values(), ({ button }) => button));
  let asked = new AbortController();
  const measure = async (signal: AbortSignal): Promise<void> => {
    const sizes = new Map<string, number>();
    for (const [format, { bytes, bar }] of rows) {
      const response = await fetch(state.with({ format }), { method: 'HEAD', signal }).catch(() => undefined);
      if (signal.aborted) return;
      const size = Number(response?.ok && response.headers.get('content-length'));
      bytes.textContent = size ? inBytes(size) : '–';
      if (size) sizes.set(format, size);
      bar.value = 0;
    }
    const largest = Math.max(...sizes.values());
    for (const [format, size] of sizes) {
      const row = rows.get(format);
      if (row) row.bar.value = size / largest;
    }
  };
  const measureSoon = debounce(700, () => {
    asked = new AbortController();
    void measure(asked.signal);
  });
  state.listen({
    changed: () => asked.abort(),
    explained: ({ options }) => {
      for (const button of all('button', byId('formats'))) {
        const named = button.getAttribute('data-format');
        const isShown = named === options['format'] || (named === 'jpg' && options['format'] === 'jpeg');
        button.setAttribute('aria-pressed', String(isShown));
      }
      measureSoon();
    },
  });
}
