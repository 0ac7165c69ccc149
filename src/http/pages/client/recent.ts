import { byId, make } from './dom.ts';

const KEY = 'greybox.recent';
const MOST = 12;

/** The last copied or downloaded URLs; empty if the browser stores nothing. */
function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string' && one.startsWith('/')) : [];
  } catch {
    return [];
  }
}

export function showRecent(): void {
  const urls = read();
  byId('recent').hidden = urls.length === 0;
  byId('recent-list').replaceChildren(
    ...urls.map((url) =>
      make(
        'li',
        {},
        make(
          'a',
          { href: `#${url}`, title: url },
          make('img', { src: url, alt: '', loading: 'lazy', fetchpriority: 'low' }),
          make('span', { class: 'one-line' }, url),
        ),
      ),
    ),
  );
}

/** Stores one of our URLs in this browser. */
export function remember(url: string): void {
  try {
    const urls = [url, ...read().filter((one) => one !== url)].slice(0, MOST);
    localStorage.setItem(KEY, JSON.stringify(urls));
  } catch {
    return;
  }
  showRecent();
}
