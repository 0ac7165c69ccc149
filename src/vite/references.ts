import type { Dialect } from '../dialects/dialect.ts';
import { grammarsNamed, targetOf } from '../dialects/source.ts';
import { DIALECTS, DialectTable } from '../dialects/table.ts';

/** Which services a plugin stands in for, by their hosts or the names of their grammars: `picsum.photos`, `/avatar`. */
export interface Filter {
  /** Default: all. */
  readonly include?: string | readonly string[] | undefined;
  /** Default: none. */
  readonly exclude?: string | readonly string[] | undefined;
}

/** A URL in a text. */
export interface Reference {
  readonly start: number;
  readonly end: number;
  readonly url: string;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a URL may go on with, outside of quotes; an apostrophe within a word is no quote, and brackets come in pairs. */
const PLAIN = "(?:[^\\s\"'`<>\\\\()]|(?<=\\w)'(?=\\w))";
const REST = `(?:${PLAIN}|\\(${PLAIN}*\\))*`;

/** `a.png 1x, b.png 2x`, or a second URL: not one URL with spaces. */
const SEVERAL = /\s[\d.]+[wx]\s*(?:,|$)|\s\/\/|\shttps?:/;

/** What follows a URL in a sentence, or ends an attribute that is within another. */
const TAIL = /(?:&quot;|&#0?39;|&apos;).*$|[.,;:!]+$/s;

const REMOTE = /^(?:https?:)?\/\/([^/?]+)(.*)$/is;

/** The rows that a filter lets through. @throws TypeError for a name that no service has */
function rowsOf({ include, exclude }: Filter): readonly Dialect[] {
  const included = include === undefined ? undefined : grammarsNamed(include, 'include');
  const excluded = grammarsNamed(exclude ?? [], 'exclude');
  return DIALECTS.filter((row) => (included?.includes(row) ?? true) && !excluded.includes(row));
}

/** Finds URLs of pictures in sources, whoever's they are. */
export class References {
  readonly #table: DialectTable;
  readonly #pattern: RegExp;

  constructor(filter: Filter = {}) {
    const rows = rowsOf(filter);
    this.#table = new DialectTable(rows);
    const hosts = rows.flatMap((row) => row.hosts).map(escaped);
    const mounts = this.#table.mounts.map(escaped);
    const remote = `(?:https?:)?//(?:www\\.)?(?:${hosts.join('|')})(?::\\d+)?[/?]${REST}`;
    const local = `(?<=^|["'\`(=\\s,;])(?:${mounts.join('|')})(?=[/?])${REST}`;
    // A class without hosts, or without paths, matches nothing.
    const parts = [...(hosts.length > 0 ? [remote] : []), ...(mounts.length > 0 ? [local] : [])];
    this.#pattern = new RegExp(parts.join('|') || '(?!)', 'gi');
  }

  /** Whether a text names any. */
  isIn(text: string): boolean {
    return text.search(this.#pattern) >= 0;
  }

  /** @param isValue whether the text is the value of a string, whose whole may be one URL */
  find(text: string, isValue = false): Reference[] {
    const found: Reference[] = [];
    for (const match of text.matchAll(this.#pattern)) {
      const start = match.index;
      if (start < (found.at(-1)?.end ?? 0)) continue;
      const whole = quotedFrom(text, start, isValue);
      const url = whole ?? match[0].replace(TAIL, '');
      found.push({ start, end: start + url.length, url });
    }
    return found;
  }

  /** Whether a path of the app is one of ours. */
  owns(target: string): boolean {
    return this.#table.resolve(target, '') !== undefined;
  }

  /** What a person means by `600x400?text=Hi`, as a URL. */
  ofSource(source: string): string {
    const { target, host } = targetOf(source, this.#table);
    return host === '' ? target : `https://${host}${target}`;
  }

  targetOf(url: string): { readonly target: string; readonly host: string } {
    return targetOf(url, this.#table);
  }

  /** Where the app answers a service's URL itself; undefined for a path, which it answers as it is. */
  onOwnOrigin(url: string, base: string): string | undefined {
    const [, host, rest = ''] = REMOTE.exec(url) ?? [];
    if (host === undefined) return undefined;
    const path = rest.startsWith('/') ? rest : `/${rest}`;
    return `${base}${host.toLowerCase().replace(/:\d+$/, '')}${path}`;
  }
}

/** What stands between a quote before a URL and the next one: a URL in quotes may hold spaces and brackets. */
function quotedFrom(text: string, start: number, isValue: boolean): string | undefined {
  const quote = text[start - 1] ?? '';
  const isWhole = isValue && start === 0;
  if (!isWhole && quote !== '"' && quote !== "'") return undefined;
  const end = isWhole ? text.length : text.indexOf(quote, start);
  const value = text.slice(start, end < 0 ? start : end);
  return value !== '' && !/[<>"\n]|(?<!\w)'|'(?!\w)/.test(value) && !SEVERAL.test(value) ? value : undefined;
}
