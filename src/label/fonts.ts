import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { GlobalFonts, type SKRSContext2D } from './canvas.ts';

const require = createRequire(import.meta.url);

/** One file of a family: the code points that it draws, and the name it is registered under. */
interface Subset {
  readonly name: string;
  readonly path: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

/** The bundled families: the package that holds each, as a variable font. */
const FAMILIES: Readonly<Record<string, string>> = {
  inter: '@fontsource-variable/inter',
};

/** Reads a CSS unicode-range: `U+0000-00FF,U+0131`. */
function parseRanges(unicodeRange: string): Subset['ranges'] {
  return unicodeRange.split(',').map((range) => {
    const [first = '', last = first] = range.trim().slice(2).split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
}

/** The subsets of a family, the common ones first: packages list them from the rare to the common. */
function readSubsets(family: string, packageName: string): readonly Subset[] {
  const file = require.resolve(`${packageName}/unicode.json`);
  const ranges: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(ranges)
    .reverse()
    .map(([subset, range]) => ({
      name: `greybox-${family}-${subset}`,
      path: file.replace(/unicode\.json$/, `files/${family}-${subset}-wght-normal.woff2`),
      ranges: parseRanges(range),
    }));
}

const families = new Map<string, readonly Subset[]>();
const registered = new Set<string>();

function subsetsOf(family: string): readonly Subset[] {
  const known = families.get(family);
  if (known) return known;
  const packageName = FAMILIES[family];
  if (packageName === undefined) throw new Error(`no font family ${family}`);
  const subsets = readSubsets(family, packageName);
  families.set(family, subsets);
  return subsets;
}

function register({ name, path }: Subset): void {
  if (registered.has(name)) return;
  if (!GlobalFonts.registerFromPath(path, name)) throw new Error(`cannot read the font ${path}`);
  registered.add(name);
}

const covers = ({ ranges }: Subset, point: number): boolean =>
  ranges.some(([first, last]) => point >= first && point <= last);

/** How a canvas is told to draw a label: everything but the size. */
export interface FontStack {
  /** The names of the subsets that the text needs, quoted, in the order of the table. */
  readonly families: string;
  /** 100–900 */
  readonly weight: number;
}

/**
 * The subsets that a text needs, registered now if they are not yet. Only these are named to the canvas, always in the
 * same order, so a label's pixels do not depend on which labels came before it.
 */
export function fontStack(text: string, family: string, weight: number): FontStack {
  const subsets = subsetsOf(family);
  const needed = new Set<Subset>();
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const subset = subsets.find((candidate) => covers(candidate, point));
    if (subset) needed.add(subset);
  }
  const used = subsets.filter((subset) => needed.has(subset));
  used.forEach(register);
  return { families: used.map(({ name }) => `"${name}"`).join(','), weight };
}

/** Sets a context's font; `size` in the context's px. Weights are axis positions: the canvas would fake them by name. */
export function setFont(context: SKRSContext2D, { families: names, weight }: FontStack, size: number): void {
  context.lang = 'en';
  context.font = `400 ${size}px ${names || 'serif'}`;
  context.fontVariationSettings = `"wght" ${weight}`;
}
