import { hash } from 'node:crypto';
import { createCanvas, SvgExportFlag } from '../label/canvas.ts';
import { EMOJI_BOX } from '../label/emoji.ts';
import type { Label } from '../label/label.ts';
import { EMOJI } from '../label/place.ts';
import { drawText } from '../label/runs.ts';
import { cacheKey } from '../options/cache-key.ts';
import { type Color, formatColor } from '../options/color.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { patternInk } from './paint.ts';
import { borderShape, gradientLine, isRounded, outline, patternShape, tileOrigin } from './shapes.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': ' ',
};

/** Text for an XML attribute (XML 1.0, 3.1); characters that XML cannot hold never get past the options. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"\n]/g, (character) => ENTITIES[character] as string);
}

/** Two decimals are finer than any screen. */
function compact(data: string): string {
  return data.replace(/-?\d*\.\d+/g, (number) => String(Math.round(Number(number) * 100) / 100));
}

/** A colour as attributes: `fill="#ccc" fill-opacity="0.5"`, or for a gradient's stop or a stroke. */
function paint(
  [red, green, blue, alpha]: Color,
  attribute = 'fill',
  opacity = `${attribute}-opacity`,
): string {
  const strength = alpha / 255;
  const hex = formatColor([red, green, blue, 255]);
  const short = hex.replace(/^(.)\1(.)\2(.)\3$/, '$1$2$3');
  return `${attribute}="#${short}"${strength === 1 ? '' : ` ${opacity}="${compact(strength.toFixed(3))}"`}`;
}

/** A label as outlines, so that no viewer needs its font. */
function labelPath(label: Label, placeholder: Placeholder): string {
  const { width, height } = outputSize(placeholder);
  const canvas = createCanvas(width, height, SvgExportFlag.ConvertTextToPaths);
  drawText(canvas.getContext('2d'), label);
  const paths = canvas
    .getContent()
    .toString()
    .matchAll(/<path [^>]*?\bd="([^"]*)"/g);
  const data = compact(Array.from(paths, ([, d = '']) => d).join(''));
  return data === '' ? '' : `<path ${paint(placeholder.foreground)} d="${data}"/>`;
}

/** Spells an id so that no other picture in the same document has it. */
type SpellId = (name: string) => string;

/** Ids of a picture end in a hash of what it shows: they differ between pictures, and its bytes stay the same. */
function idsOf(placeholder: Placeholder): SpellId {
  const suffix = hash('sha256', cacheKey(placeholder), 'hex').slice(0, 10);
  return (name) => `${name}-${suffix}`;
}

/** Ids of a drawing and what refers to them: `id="…"`, `href="#…"`, `url(#…)`. */
const IDS = /(\bid="|href="#|url\(#)([^")]+)/g;

/** A label's emoji: drawings of our own packages, never of the text. */
function emojiDrawings({ emoji, size }: Label, spellId: SpellId): string {
  const factor = (size * EMOJI.size) / EMOJI_BOX;
  const own = (body: string, i: number): string =>
    body.replace(IDS, (_, before: string, id: string) => before + spellId(`${id}-${i}`));
  return emoji
    .map(({ emoji: { body, height }, x, y }, i) => {
      const top = y + ((EMOJI_BOX - height) / 2) * factor;
      return `<g transform="translate(${compact(`${x} ${top}`)}) scale(${compact(String(factor))})">${own(body, i)}</g>`;
    })
    .join('');
}

/** The background: a definition, where it is a gradient, and the attribute that fills a shape with it. */
function background(
  { width, height, background: { colors, angle } }: Placeholder,
  id: string,
): { defs: string; fill: string } {
  if (colors.length === 1) return { defs: '', fill: paint(colors[0]) };
  const [x1, y1, x2, y2] = gradientLine(width, height, angle);
  const stops = colors.map((color, i) => {
    const offset = compact(String(i / (colors.length - 1)));
    return `<stop offset="${offset}" ${paint(color, 'stop-color', 'stop-opacity')}/>`;
  });
  const line = `x1="${compact(`${x1}`)}" y1="${compact(`${y1}`)}" x2="${compact(`${x2}`)}" y2="${compact(`${y2}`)}"`;
  return {
    defs: `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" ${line}>${stops.join('')}</linearGradient>`,
    fill: `fill="url(#${id})"`,
  };
}

/** What background and pattern fill: the whole picture, or up to the middle of a border that hides them at its edge. */
function area({ width, height, border }: Placeholder): string {
  const inset = border.color[3] === 255 ? border.width / 2 : 0;
  return `M${inset} ${inset}H${width - inset}V${height - inset}H${inset}z`;
}

/** The pattern, and what it refers to. */
function pattern(placeholder: Placeholder, id: string): { defs: string; body: string } {
  const shape = patternShape(placeholder);
  if (!shape) return { defs: '', body: '' };
  if (shape.tile === undefined) {
    const ink = paint(patternInk(placeholder), 'stroke');
    return {
      defs: '',
      body: `<path ${ink} stroke-width="${compact(String(shape.stroke))}" d="${shape.data}"/>`,
    };
  }
  const ink = paint(patternInk(placeholder));
  const { x, y } = tileOrigin(placeholder, shape.tile);
  const size = `x="${x}" y="${y}" width="${shape.tile}" height="${shape.tile}" patternUnits="userSpaceOnUse"`;
  return {
    defs: `<pattern id="${id}" ${size}><path ${ink} d="${shape.data}"/></pattern>`,
    body: `<path fill="url(#${id})" d="${area(placeholder)}"/>`,
  };
}

/** Everything but the label, in px before scaling, cut off at the round corners. */
function shapes(placeholder: Placeholder, spellId: SpellId): string {
  const { scale, border } = placeholder;
  const back = background(placeholder, spellId('bg'));
  const over = pattern(placeholder, spellId('pattern'));
  const clipId = spellId('outline');
  const clip = isRounded(placeholder)
    ? `<clipPath id="${clipId}"><path d="${outline(placeholder)}"/></clipPath>`
    : '';
  const defs = back.defs + over.defs + clip;
  const edge = `<path ${paint(border.color)} fill-rule="evenodd" d="${borderShape(placeholder)}"/>`;
  const body = `<path ${back.fill} d="${area(placeholder)}"/>${over.body}${border.width > 0 ? edge : ''}`;
  const attributes = `${scale === 1 ? '' : ` transform="scale(${scale})"`}${clip && ` clip-path="url(#${clipId})"`}`;
  return `${defs && `<defs>${defs}</defs>`}${attributes === '' ? body : `<g${attributes}>${body}</g>`}`;
}

/** Writes a picture as SVG (SVG 2), in output pixels. Nothing of the text becomes markup. */
export function encodeSvg(placeholder: Placeholder, label: Label | undefined): Buffer {
  const { width, height } = outputSize(placeholder);
  const { text } = placeholder;
  const spellId = idsOf(placeholder);
  const title = text === '' ? '' : ` role="img" aria-label="${escapeXml(text)}"`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${title}>` +
      `${shapes(placeholder, spellId)}${label ? labelPath(label, placeholder) + emojiDrawings(label, spellId) : ''}</svg>`,
  );
}
