import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { invalid } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { habitHint } from './habits.ts';

const require = createRequire(import.meta.url);

/** A part of an icon: SVG path data in a box of {@link ICON_BOX}. */
export interface IconPath {
  readonly data: string;
  /** Whether it is filled; nearly all are only stroked, with a line of {@link ICON_STROKE}. */
  readonly isFilled: boolean;
  readonly isStroked: boolean;
  readonly rule: 'nonzero' | 'evenodd';
}

/** Side of the box that icons are drawn in, and the width of their lines, which have round ends and corners. */
export const ICON_BOX = 24;
export const ICON_STROKE = 2;

let file: string | undefined;

/** The file of the Lucide set, 600 kB of JSON: read when first needed, and searched rather than parsed. */
function load(): string {
  file ??= readFileSync(require.resolve('@iconify-json/lucide/icons.json'), 'latin1');
  return file;
}

let names: readonly string[] | undefined;

/** The names of all icons, including their former names. */
export function iconNames(): readonly string[] {
  names ??= Array.from(load().matchAll(/"([a-z\d-]+)":\s*\{\s*"(?:body|parent)":/g), ([, name = '']) => name);
  return names;
}

/** The file's entry for a name: the body of an icon, or its present name. */
function entry(name: string): { readonly key: string; readonly value: string } | undefined {
  const found = new RegExp(`"${name}":\\s*\\{\\s*"(body|parent)":\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(load());
  if (!found) return undefined;
  const [, key = '', value = '""'] = found;
  return { key, value: JSON.parse(value) };
}

/** Names that were read, and the icons that they mean. There are at most as many as icons. */
const known = new Map<string, string>();

/** Longest name of an icon, with room to spare. */
const LONGEST = 40;

const isName = (word: string): boolean => /^[a-z\d-]{1,40}$/.test(word);

/** The name of the icon that was probably meant: one with the same word in it, or with nearly the same spelling. */
function nearName(word: string): string | undefined {
  if (word.length > LONGEST || word.length < 3) return undefined;
  const within = iconNames().filter((name) => name.split('-').includes(word));
  const [shortest] = within.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  if (shortest !== undefined) return `did you mean ${shortest}?`;
  // Comparing two thousand names takes too long for a refusal, so only names with the same letters are compared.
  const letters = [...new Set(word)];
  const alike = iconNames().filter(
    (name) =>
      name[0] === word[0] &&
      Math.abs(name.length - word.length) < 3 &&
      letters.filter((letter) => !name.includes(letter)).length < 2,
  );
  return didYouMean(word, alike);
}

/**
 * Reads the name of a Lucide icon, in any case; a former name means the same icon.
 * @throws GreyboxError naming the nearest
 */
export function readIcon(value: string, option: string): string {
  const word = value.trim().toLowerCase();
  const before = known.get(word);
  if (before !== undefined) return before;
  const found = isName(word) ? entry(word) : undefined;
  if (!found) {
    const allowed =
      'the name of an icon of the Lucide set (lucide.dev/icons), such as image or shopping-cart';
    const hint = habitHint('icon', word, (one) => isName(one) && entry(one) !== undefined) ?? nearName(word);
    throw invalid('invalid-option', option, allowed, value, undefined, hint);
  }
  const name = found.key === 'parent' ? found.value : word;
  known.set(word, name);
  return name;
}

const NUMBER = /^-?\d*\.?\d+$/;

/** Reads an element's attributes as numbers. */
function attributesOf(text: string): (name: string) => number {
  const values = new Map(
    Array.from(text.matchAll(/([\w-]+)="([^"]*)"/g), ([, name = '', value = '']) => [name, value]),
  );
  return (name) => {
    const value = values.get(name) ?? '';
    return NUMBER.test(value) ? Number(value) : 0;
  };
}

function ellipse(x: number, y: number, across: number, down: number): string {
  const half = (by: number): string => `a${across} ${down} 0 1 0 ${by} 0`;
  return `M${x - across} ${y}${half(2 * across)}${half(-2 * across)}z`;
}

/** Elements as path data (SVG 2, 10). */
const SHAPES: Readonly<Record<string, (attribute: (name: string) => number, text: string) => string>> = {
  path: (_attribute, text) => /\bd="([^"]*)"/.exec(text)?.[1] ?? '',
  circle: (of) => ellipse(of('cx'), of('cy'), of('r'), of('r')),
  ellipse: (of) => ellipse(of('cx'), of('cy'), of('rx'), of('ry')),
  line: (of) => `M${of('x1')} ${of('y1')}L${of('x2')} ${of('y2')}`,
  polyline: (_attribute, text) => `M${/\bpoints="([^"]*)"/.exec(text)?.[1] ?? ''}`,
  polygon: (_attribute, text) => `M${/\bpoints="([^"]*)"/.exec(text)?.[1] ?? ''}z`,
  rect: (of) => {
    const [x, y, width, height] = [of('x'), of('y'), of('width'), of('height')];
    const r = Math.min(of('rx') || of('ry'), width / 2, height / 2);
    const arc = (dx: number, dy: number): string => (r > 0 ? `a${r} ${r} 0 0 1 ${dx} ${dy}` : '');
    const [across, down] = [width - 2 * r, height - 2 * r];
    return `M${x + r} ${y}h${across}${arc(r, r)}v${down}${arc(-r, r)}h${-across}${arc(-r, -r)}v${-down}${arc(r, -r)}z`;
  },
};

const icons = new Map<string, readonly IconPath[]>();

/**
 * The parts of an icon in a box of 24 × 24.
 * @param name of an existing icon, see {@link readIcon}
 */
export function iconPaths(name: string): readonly IconPath[] {
  const before = icons.get(name);
  if (before) return before;
  const body = entry(name)?.value ?? '';
  const isStroked = /\bstroke="currentColor"/.test(body);
  const paths = Array.from(
    body.matchAll(/<(\w+)([^>]*)>/g),
    ([, element = '', text = '']): IconPath => ({
      data: SHAPES[element]?.(attributesOf(text), text) ?? '',
      isFilled: /\bfill="currentColor"/.test(text),
      isStroked,
      rule: /\bfill-rule="evenodd"/.test(text) ? 'evenodd' : 'nonzero',
    }),
  ).filter(({ data }) => data !== '');
  icons.set(name, paths);
  return paths;
}
