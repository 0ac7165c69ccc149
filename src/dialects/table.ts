import { quote } from '../errors.ts';
import { AVATAR } from './avatar.ts';
import { AVATARS } from './avatars/avatars.ts';
import { BOXES } from './boxes/boxes.ts';
import type { Dialect, Target } from './dialect.ts';
import { IMAGE } from './image.ts';
import { PHOTOGRAPHS } from './photos/photos.ts';

/** greybox's own grammar: the one that URLs of ours are spelled in. */
export const OWN = IMAGE;

/** THE table of URL grammars, greybox's own first. */
export const DIALECTS: readonly Dialect[] = [IMAGE, AVATAR, ...BOXES, ...PHOTOGRAPHS, ...AVATARS];

/** A grammar, and the part of the target that it reads. */
export interface Resolved {
  readonly dialect: Dialect;
  readonly target: Target;
  /** The path before it: `/image`; empty at the root of a service's own host. */
  readonly mount: string;
}

/** What precedes a host in a path: a slash, or the beginning of the old URL, `//` or `https://`. */
const BEFORE_HOST = /^\/+(?:https?:\/+)?/i;

/** An authority's host in the table's spelling: `WWW.Placehold.co:8080` is `placehold.co`. */
function hostName(authority: string): string {
  return authority
    .toLowerCase()
    .replace(/:\d*$/, '')
    .replace(/\.$/, '')
    .replace(/^www\./, '');
}

/** Finds the grammar of a target. */
export class DialectTable {
  readonly #rows: readonly Dialect[];
  readonly #byHost: ReadonlyMap<string, Dialect>;
  readonly #byPath: ReadonlyMap<string, Dialect>;
  /** The last look-up. The next one is mostly for the same authority, and every hit needs one. */
  #last: { readonly authority: string; readonly dialect: Dialect | undefined } = {
    authority: '',
    dialect: undefined,
  };
  /** Segments of the longest mount. */
  readonly #depth: number;

  constructor(rows: readonly Dialect[] = DIALECTS) {
    const by = (keys: (row: Dialect) => readonly string[]): ReadonlyMap<string, Dialect> =>
      new Map(rows.flatMap((row) => keys(row).map((key) => [key, row])));
    this.#rows = rows;
    this.#byHost = by(({ hosts }) => hosts.map(hostName));
    this.#byPath = by(({ paths }) => paths);
    this.#depth = Math.max(0, ...Array.from(this.#byPath.keys(), (path) => path.split('/').length - 1));
  }

  /** The names that {@link named} takes, without the further hosts of a service. */
  get names(): readonly string[] {
    return this.#rows.map(({ name }) => name.slice(1));
  }

  /** All paths that a grammar is mounted at, including those of host names. */
  get mounts(): readonly string[] {
    return [...new Set([...this.#byPath.keys(), ...Array.from(this.#byHost.keys(), (host) => `/${host}`)])];
  }

  /** The grammar whose service has this host; `authority` may have a port. Hosts without a grammar share all URLs. */
  ofHost(authority: string): Dialect | undefined {
    if (authority !== this.#last.authority)
      this.#last = { authority, dialect: this.#byHost.get(hostName(authority)) };
    return this.#last.dialect;
  }

  /** The grammar that goes by a name: its own with or without the slash, or one of its hosts. */
  named(name: string): Dialect | undefined {
    return this.#rows.find((row) => row.name === name || row.name === `/${name}`) ?? this.ofHost(name);
  }

  /** What is wrong with a name that no grammar has, to be put after an option's name; undefined for a known name. */
  faultOf(name: string): string | undefined {
    return this.named(name) ? undefined : `must be one of ${this.names.join(', ')}, got ${quote(name)}`;
  }

  /**
   * The grammar of a target. The first of these counts: the service that its path begins with, a mount that is
   * everywhere, the service that `authority` belongs to, the mount that its path begins with, the root.
   * @param target in origin form, as routes see it
   * @param root the grammar at the root of all other hosts, if any
   */
  resolve(target: string, authority: string, root?: Dialect): Resolved | undefined {
    const at = target.indexOf('?');
    const path = at < 0 ? target : target.slice(0, at);
    const query = at < 0 ? undefined : target.slice(at + 1);
    const found = (dialect: Dialect, length: number): Resolved => ({
      dialect,
      target: { path: path.slice(length), query },
      mount: path.slice(0, length),
    });
    const asked = path === '/' && query !== undefined ? this.#ofQuery(query) : undefined;
    if (asked) return asked;
    const [before = ''] = BEFORE_HOST.exec(path) ?? [];
    const slash = path.indexOf('/', before.length);
    const end = slash < 0 ? path.length : slash;
    const first = path.slice(before.length, end);
    const named = first.includes('.') ? this.ofHost(first) : undefined;
    if (named) return found(named, end);
    const mounted = this.#mounted(path, found);
    if (mounted?.dialect.isEverywhere) return mounted;
    const hosted = this.ofHost(authority);
    if (hosted) return found(hosted, 0);
    return mounted ?? (root && found(root, 0));
  }

  /** Resolves a target that is in the query of the root. */
  #ofQuery(query: string): Resolved | undefined {
    const dialect = this.#rows.find(
      ({ rootQuery }) => rootQuery !== undefined && query.startsWith(rootQuery),
    );
    if (!dialect) return undefined;
    const [path = '', ...rest] = query.slice((dialect.rootQuery ?? '').length).split('?');
    const target = { path: `/${path}`, query: rest.length > 0 ? rest.join('?') : undefined };
    return { dialect, target, mount: dialect.paths[0] ?? '' };
  }

  #mounted(path: string, found: (dialect: Dialect, length: number) => Resolved): Resolved | undefined {
    let end = 0;
    for (let depth = 0; depth < this.#depth && end < path.length; depth++) {
      const next = path.indexOf('/', end + 1);
      end = next < 0 ? path.length : next;
      const dialect = this.#byPath.get(path.slice(0, end));
      if (dialect) return found(dialect, end);
    }
    return undefined;
  }
}
