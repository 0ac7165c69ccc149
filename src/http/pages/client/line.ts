import { byId, make } from './dom.ts';
import type { State } from './state.ts';

/** The input line with the URL, and the page's own address, which follows it. */
export function bindLine(state: State): void {
  const line = byId<HTMLInputElement>('url');
  const note = byId('note');
  const download = byId<HTMLAnchorElement>('download');
  line.addEventListener('input', () => state.open(line.value));
  line.addEventListener('focus', () => line.select());
  const fromAddress = (): boolean => {
    if (!location.hash.startsWith('#/')) return false;
    if (location.hash.slice(1) !== state.own) state.open(location.hash.slice(1));
    return true;
  };
  addEventListener('hashchange', fromAddress);
  state.listen({
    changed: (url, source) => {
      if (document.activeElement !== line || source === 'form') line.value = url;
    },
    explained: ({ isOwn, grammar, spelled, ignored }) => {
      history.replaceState(null, '', `#${state.own}`);
      download.href = state.own;
      note.hidden = isOwn && ignored.length === 0;
      if (!isOwn) {
        const link = make('a', { href: `#${spelled}` }, spelled);
        note.replaceChildren(`We answer ${grammar.slice(1)} as it is. Our own URL of this picture: `, link);
        link.addEventListener('click', () => {
          line.value = spelled;
        });
      } else
        note.textContent = ignored
          .map(
            ({ name, nearest }) =>
              `${name} is no option and is ignored${nearest ? `; did you mean ${nearest}?` : ''}`,
          )
          .join('. ');
    },
    refused: () => {
      note.hidden = true;
      download.removeAttribute('href');
    },
  });
  if (!fromAddress()) state.open(line.value);
}
