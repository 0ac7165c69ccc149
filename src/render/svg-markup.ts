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

/** Text for an XML attribute (XML 1.0, 3.1); characters that XML cannot hold never get past the options. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\n]/g, (character) => ENTITIES[character] as string);
}

/** Two decimals are finer than any screen. */
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

/** Ids and what refers to them: `id="…"`, `href="#…"`, `url(#…)`. */
const IDS = /(\bid="|\bhref="#|\burl\(#)([^")]+)/g;

/** Markup of ours whose ids all end in the same. */
export function withIds(markup: string, ending: string): string {
  return markup.replace(IDS, (_, before: string, id: string) => `${before}${id}-${ending}`);
}

/** What ids of a picture end in, so that no other picture in the same document has them: a hash of what it shows. */
export function idEnding(placeholder: Placeholder): string {
  return hash('sha256', cacheKey(placeholder), 'hex').slice(0, 10);
}
