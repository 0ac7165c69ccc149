import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FontSpec } from '../options/font-table.ts';
import { GlobalFonts } from './canvas.ts';
import { type Ranges, within } from './cmap.ts';
import { readCoverage, readRenamed } from './woff2.ts';

const require = createRequire(import.meta.url);

/** Glyphs that show a wrong character, by package: the family counts as not having them. */
const WRONG: Readonly<Record<string, ReadonlySet<number>>> = {
  // A rouble instead of the livre tournois, the rupee, the lira, the manat, the lari, bitcoin and others.
  '@fontsource/pt-sans': new Set([0x20b6, 0x20b7, 0x20b9, 0x20ba, 0x20bb, 0x20bc, 0x20be, 0x20bf, 0x20c0]),
  // An acute accent instead of the letter apostrophe.
  '@fontsource-variable/raleway': new Set([0x2bc]),
};

const NONE: ReadonlySet<number> = new Set();

/** One file of a family: a subset of its characters, in one weight or all. */
export class Face {
  /** The name that it is registered under, unique for this file. */
  readonly name: string;
  readonly path: string;
  readonly #wrong: ReadonlySet<number>;
  readonly #unicodeRange: string | undefined;
  #promised: Ranges | undefined;
  #coverage: Ranges | undefined;

  /** @param unicodeRange the code points that the package promises, as in CSS; undefined where only the file tells */
  constructor(packageName: string, file: string, path: string, unicodeRange?: string) {
    this.name = `greybox ${file}`;
    this.path = path;
    this.#wrong = WRONG[packageName] ?? NONE;
    this.#unicodeRange = unicodeRange;
  }

  /** Whether it has a glyph for a code point. The font may lack promised ones, so its file is read, once. */
  hasGlyph(point: number): boolean {
    if (this.#unicodeRange !== undefined) {
      this.#promised ??= parseUnicodeRange(this.#unicodeRange);
      if (!within(this.#promised, point)) return false;
    }
    this.#coverage ??= readCoverage(this.path);
    return within(this.#coverage, point) && !this.#wrong.has(point);
  }
}

/** Reads a CSS unicode-range: `U+0000-00FF,U+0131` (CSS Fonts 4, 4.5). */
function parseUnicodeRange(unicodeRange: string): Ranges {
  return unicodeRange
    .split(',')
    .map((range) => {
      const [first = '', last = first] = range.trim().slice(2).split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
    })
    .sort(([a], [b]) => a - b);
}

const families = new Map<string, readonly Face[]>();
const registered = new Set<string>();

/**
 * The files of a family in one weight, the common subsets first: packages list them from the rare to the common.
 * Empty where the package is not installed.
 */
export function facesOf(family: FontSpec, weight: number): readonly Face[] {
  const key = family.variable ? family.package : `${family.package} ${weight}`;
  const known = families.get(key);
  if (known) return known;
  const faces = family.files
    ? wholeFaces(family.package, family.files)
    : subsetFaces(family.package, family.variable ? 'wght' : String(weight));
  families.set(key, faces);
  return faces;
}

/** Where a file of a package lies; undefined where the package is not installed. */
function locate(file: string): string | undefined {
  try {
    return require.resolve(file);
  } catch {
    return undefined;
  }
}

function wholeFaces(packageName: string, files: readonly string[]): readonly Face[] {
  return files.flatMap((file) => {
    const path = locate(`${packageName}/${file}`);
    const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.woff2$/, '');
    return path === undefined ? [] : [new Face(packageName, name, path)];
  });
}

function subsetFaces(packageName: string, axis: string): readonly Face[] {
  const index = locate(`${packageName}/unicode.json`);
  if (index === undefined) return [];
  const family = packageName.slice(packageName.indexOf('/') + 1);
  const ranges: Record<string, string> = JSON.parse(readFileSync(index, 'utf8'));
  return Object.entries(ranges)
    .reverse()
    .map(([subset, range]) => {
      const file = `${family}-${subset.replace(/[[\]]/g, '')}-${axis}-normal`;
      return new Face(packageName, file, index.replace(/unicode\.json$/, `files/${file}.woff2`), range);
    });
}

/** Registers a face with the canvas, once, and only under its own name. */
export function register({ name, path }: Face): void {
  if (registered.has(name)) return;
  if (!GlobalFonts.register(readRenamed(path, name))) throw new Error(`cannot read the font ${path}`);
  registered.add(name);
}
