import { readdirSync, readFileSync } from 'node:fs';
import { DialectTable } from '../../src/dialects/table.ts';

const FOLDER = new URL('../fixtures/corpus/', import.meta.url);

/** A URL of a service as a page has it. */
export interface Line {
  /** The file of the corpus that it is from. */
  readonly file: string;
  readonly text: string;
  /** As a browser sends it to greybox: `/{host}/{path}`, or the path alone where the page names no host. */
  readonly target: string;
}

/** As a browser resolves it; `holder.js/…` is a path that its script reads, with or without a question mark before it. */
function targetOf(text: string): string {
  const plain = text.replace(/^\??(?=holder\.js\/)/, '/').replace(/#(?=[\da-f]{3,6})/gi, '%23');
  const url = new URL(plain, 'http://page.example');
  const path = url.pathname + url.search;
  return url.hostname === 'page.example' ? path : `/${url.hostname}${path}`;
}

/** Every URL of the corpus: found in public pages, one a line. */
export function readCorpus(): Line[] {
  return readdirSync(FOLDER).flatMap((file) =>
    readFileSync(new URL(file, FOLDER), 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('# '))
      .map((text) => ({ file, text, target: targetOf(text) })),
  );
}

const table = new DialectTable();

/** A target, and the host that it is sent to. */
export interface Sent {
  readonly host: string;
  readonly target: string;
}

/** A line as a browser sends it to its service's own host, where it has one; else to a page's. */
export function atOwnHost({ target }: Pick<Line, 'target'>): Sent {
  const [, host = '', rest = ''] = /^\/([^/?]+)(.*)$/s.exec(target) ?? [];
  const isOwn = host.includes('.') && table.ofHost(host) !== undefined;
  if (!isOwn) return { host: 'page.example', target };
  return { host, target: rest.startsWith('/') ? rest : `/${rest}` };
}

/** The size that a URL asks for, by its looks alone; undefined where it names none, or not both sides in px. */
export function sizeIn({ target }: Line): readonly [width: number, height: number] | undefined {
  const [path = '', query = ''] = target.split(/[?&](.*)/s);
  const params = new URLSearchParams(query.replaceAll('?', '&').replaceAll('&amp;', '&'));
  const width = params.get('width') ?? params.get('w');
  const height = params.get('height') ?? params.get('h');
  if (width && height) return [Number(width), Number(height)];
  const size = /size=(\d+)x(\d+)/.exec(query) ?? /[/_,-](\d{1,4})[xX](\d{1,4})(?=[/.,@?&]|$)/.exec(path);
  const plain = path.replace(/\/(?:id|seed)\/[^/]+/, '');
  const pair = size ?? /\/(\d{1,4})\/(\d{1,4})(?=[/.]|$)/.exec(plain);
  return pair ? [Number(pair[1]), Number(pair[2])] : undefined;
}

/** The colours that a URL asks for, by its looks alone: six digits of hex between slashes. */
export function colorsIn({ target }: Line): string[] {
  const [path = ''] = target.split(/[?&]/);
  return [...path.matchAll(/(?<=\/(?:%23)?)[\da-f]{6}(?=[/.]|$)/gi)].map(([color]) => color.toLowerCase());
}
