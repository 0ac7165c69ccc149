import { hash } from 'node:crypto';
import { cacheKey } from '../options/cache-key.ts';
import { type Color, formatColor } from '../options/color.ts';
import type { Placeholder } from '../options/options.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': ' ',
};

/** Text for an XML attribute (XML 1.0, 3.1); the options refuse characters that XML cannot hold. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\n]/g, (character) => ENTITIES[character] as string);
}

/** Rounds path data to two decimals, finer than any screen. */
export function compact(data: string): string {
  return data.replace(/-?\d*\.\d+/g, (number) => String(Math.round(Number(number) * 100) / 100));
}

/** A colour as attributes: `fill="#ccc" fill-opacity="0.5"`, or for a gradient's stop or a stroke. */
export function paint(
  [red, green, blue, alpha]: Color,
  attribute = 'fill',
  opacity = `${attribute}-opacity`,
): string {
  const strength = alpha / 255;
  const hex = formatColor([red, green, blue, 255]);
  const short = hex.replace(/^(.)\1(.)\2(.)\3$/, '$1$2$3');
  return `${attribute}="#${short}"${strength === 1 ? '' : ` ${opacity}="${compact(strength.toFixed(3))}"`}`;
}

/** Ids and references to them: `id="…"`, `href="#…"`, `url(#…)`. */
const IDS = /(\bid="|\bhref="#|\burl\(#)([^")]+)/g;

/** Adds an ending to all ids in our markup. */
export function withIds(markup: string, ending: string): string {
  return markup.replace(IDS, (_, before: string, id: string) => `${before}${id}-${ending}`);
}

/** The ending of a picture's ids, unique among pictures in a document: a hash of its contents. */
export function idEnding(placeholder: Placeholder): string {
  return hash('sha256', cacheKey(placeholder), 'hex').slice(0, 10);
}
