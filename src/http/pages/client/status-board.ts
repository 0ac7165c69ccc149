import { byId, inBytes, make } from './dom.ts';

interface Tier {
  readonly entries: number | null;
  readonly bytes: number | null;
  readonly budget: number | null;
  readonly hits: number;
  readonly misses: number;
  readonly ratio: number | null;
  readonly ratioNow: number | null;
  readonly evictions: number | null;
}

/** The part of `/status.json` that the page shows. */
export interface Status {
  readonly state: string;
  readonly version: string;
  /** s */
  readonly uptime: number;
  readonly workers: number;
  readonly requests: { readonly total: number };
  readonly tiers: Readonly<Record<string, Tier>>;
  readonly renders: {
    readonly total: number;
    readonly byFormat: Readonly<Record<string, number>>;
    readonly meanMs: Readonly<Record<string, number>>;
  };
  readonly collapsed: number;
  readonly purges: number;
  readonly queue: { readonly depth: number };
  readonly breaker: string | null;
  readonly breakerSeconds: number | null;
  readonly pictures: readonly { readonly key: string; readonly path: string; readonly hits: number }[];
}

interface Sample {
  /** ms */
  readonly at: number;
  readonly status: Status;
}

/** Samples of two minutes. */
const MOST = 60;

let samples: Sample[] = [];

const percent = (ratio: number | null): string => (ratio === null ? '–' : `${(ratio * 100).toFixed(1)} %`);
const number = (value: number | null): string => (value === null ? '–' : value.toLocaleString('en'));

/** A readable duration: `3 h 20 min`. */
function duration(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  const hours = Math.floor(seconds / 3600);
  return hours < 48
    ? `${hours} h ${Math.floor((seconds % 3600) / 60)} min`
    : `${Math.floor(hours / 24)} days`;
}

/** Requests per second between every two samples, without this page's own request. */
function rates(): number[] {
  return samples.slice(1).map(({ at, status }, i) => {
    const before = samples[i] as Sample;
    const asked = Math.max(0, status.requests.total - before.status.requests.total - 1);
    return (asked / (at - before.at)) * 1000;
  });
}

function drawLine(): void {
  const all = rates();
  const peak = Math.max(1, ...all);
  const points = all.map(
    (rate, i) => `${(600 / (MOST - 2)) * (i + MOST - 1 - all.length)},${112 - (rate / peak) * 104}`,
  );
  byId('line').setAttribute('points', points.join(' '));
  const [first = '0,112'] = points;
  byId('area').setAttribute('points', `${first.split(',')[0]},120 ${points.join(' ')} 600,120`);
  byId('rate').textContent = all.length === 0 ? '–' : (all.at(-1) ?? 0).toFixed(1);
  byId('peak').textContent = all.length === 0 ? '–' : Math.max(...all).toFixed(1);
}

/** @param isBad whether it needs attention */
const fact = (name: string, value: string, isBad = false): Node[] => [
  make('dt', {}, name),
  make('dd', { class: isBad ? 'bad' : undefined }, value),
];

/** What a tier holds, in words. */
function holdings({ bytes, budget }: Tier, isDown: boolean): string {
  if (isDown) return 'down';
  if (bytes === null) return 'it does not say';
  return inBytes(bytes) + (budget ? ` of ${inBytes(budget)}` : '');
}

/** @param breaker of the shared tier */
function tier(name: string, one: Tier, breaker?: { state: string; seconds: number }): HTMLElement {
  const { entries, bytes, budget, ratio, ratioNow, evictions } = one;
  const isDown = breaker !== undefined && breaker.state !== 'closed';
  const held = holdings(one, isDown);
  const label = `${name}: ${held}`;
  const bar = make('meter', {
    min: '0',
    max: String(budget ?? 1),
    value: String(bytes ?? 0),
    'aria-label': label,
  });
  return make(
    'div',
    { class: 'tier' },
    make(
      'div',
      { class: 'panel-head' },
      make('h3', {}, name),
      make('span', { class: isDown ? 'bad' : undefined }, held),
    ),
    budget ? bar : make('div', { class: 'no-bar' }),
    make(
      'dl',
      {},
      ...fact('pictures', number(entries)),
      ...fact('hit ratio now', percent(ratioNow)),
      ...fact('since the start', percent(ratio)),
      ...(evictions === null ? [] : fact('evictions', number(evictions))),
      ...(breaker ? fact('breaker', `${breaker.state} for ${duration(breaker.seconds)}`, isDown) : []),
    ),
  );
}

function drawTiers({ tiers, breaker, breakerSeconds }: Status): void {
  const second = breaker === null ? undefined : { state: breaker, seconds: breakerSeconds ?? 0 };
  byId('tiers').replaceChildren(
    ...Object.entries(tiers).map(([name, one]) => tier(name, one, name === 'memory' ? undefined : second)),
  );
}

/** @param ms undefined if unknown */
function inTime(ms: number | undefined): string {
  if (ms === undefined) return '–';
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function drawRenders({ renders, collapsed, queue }: Status): void {
  const rows = Object.entries(renders.byFormat).map(([format, count]) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, format),
      make('td', {}, number(count)),
      make('td', {}, inTime(renders.meanMs[format])),
    ),
  );
  byId('renders').replaceChildren(...rows);
  byId('queue').replaceChildren(
    ...fact('waiting now', number(queue.depth)),
    ...fact('shared a render', number(collapsed)),
  );
}

const inHits = (hits: number): string => `${number(hits)} ${hits === 1 ? 'hit' : 'hits'}`;

/** Existing thumbnails stay, so that no picture is requested twice; nothing moves while it has the focus. */
function drawPictures({ pictures }: Status): void {
  const list = byId('pictures');
  const below = list.dataset['base'] ?? '';
  const known = new Map([...list.children].map((item) => [item.getAttribute('data-key'), item]));
  const items = pictures.map(({ key, path, hits }) => {
    const before = known.get(key);
    const count = before?.querySelector('.hits') ?? make('span', { class: 'one-line hits' });
    if (count.textContent !== inHits(hits)) count.textContent = inHits(hits);
    if (before) return before;
    const image = make('img', { src: below + path, alt: '', loading: 'lazy' });
    const name = make('span', { class: 'one-line key' }, key);
    return make('li', { 'data-key': key }, make('a', { href: below + path, title: key }, image, name, count));
  });
  byId('no-pictures').hidden = items.length > 0;
  const isSame =
    items.length === list.children.length && items.every((item, at) => item === list.children[at]);
  if (!isSame && !list.contains(document.activeElement)) list.replaceChildren(...items);
}

/** Shows the service's status. @param at the current time, in ms */
export function draw(status: Status, at: number): void {
  // Counts that went back come from another process.
  if ((samples.at(-1)?.status.requests.total ?? 0) > status.requests.total) samples = [];
  samples = [...samples, { at, status }].slice(-MOST);
  drawLine();
  byId('total').textContent = number(status.requests.total);
  byId('process').replaceChildren(
    ...fact('state', status.state, status.state !== 'ready'),
    ...fact('version', status.version),
    ...fact('up for', duration(status.uptime)),
    ...fact('workers', number(status.workers)),
    ...fact('renders', number(status.renders.total)),
    ...fact('purges', number(status.purges)),
  );
  drawTiers(status);
  drawRenders(status);
  drawPictures(status);
}
