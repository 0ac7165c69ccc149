import { hash } from 'node:crypto';
import { createCanvas, SvgExportFlag } from '../label/canvas.ts';
import { EMOJI_BOX } from '../label/emoji.ts';
import { drawText, type Label } from '../label/label.ts';
import { EMOJI } from '../label/measure.ts';
import { cacheKey } from '../options/cache-key.ts';
import { type Color, formatColor } from '../options/color.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { PATTERN_STRENGTH } from './paint.ts';
import { borderShape, gradientLine, outline, patternShape, tileOrigin } from './shapes.ts';

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
function compact(data: string): string {
  return data.replace(/-?\d*\.\d+/g, (number) => String(Math.round(Number(number) * 100) / 100));
}

/** A colour as attributes: `fill="#ccc" fill-opacity="0.5"`, or for a gradient's stop or a stroke. */
function paint(
  [red, green, blue, alpha]: Color,
  attribute = 'fill',
  opacity = `${attribute}-opacity`,
  share = 1,
): string {
  const strength = (alpha / 255) * share;
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

/** A label's emoji: drawings of our own packages, never of the text. */
function emojiDrawings({ emoji, size }: Label): string {
  const factor = (size * EMOJI.size) / EMOJI_BOX;
  return emoji
    .map(({ emoji: { body, height }, x, y }, i) => {
      const top = y + ((EMOJI_BOX - height) / 2) * factor;
      return `<g transform="translate(${compact(`${x} ${top}`)}) scale(${compact(String(factor))})">${withIds(body, String(i))}</g>`;
    })
    .join('');
}

/** The background: a definition, where it is a gradient, and the attribute that fills a shape with it. */
function background({ width, height, background: { colors, angle } }: Placeholder): {
  defs: string;
  fill: string;
} {
  if (colors.length === 1) return { defs: '', fill: paint(colors[0]) };
  const [x1, y1, x2, y2] = gradientLine(width, height, angle);
  const stops = colors.map((color, i) => {
    const offset = compact(String(i / (colors.length - 1)));
    return `<stop offset="${offset}" ${paint(color, 'stop-color', 'stop-opacity')}/>`;
  });
  const line = `x1="${compact(`${x1}`)}" y1="${compact(`${y1}`)}" x2="${compact(`${x2}`)}" y2="${compact(`${y2}`)}"`;
  return {
    defs: `<linearGradient id="bg" gradientUnits="userSpaceOnUse" ${line}>${stops.join('')}</linearGradient>`,
    fill: 'fill="url(#bg)"',
  };
}

/** What background and pattern fill: the whole picture, or up to the middle of a border that hides them at its edge. */
function area({ width, height, border }: Placeholder): string {
  const inset = border.color[3] === 255 ? border.width / 2 : 0;
  return `M${inset} ${inset}H${width - inset}V${height - inset}H${inset}z`;
}

/** The pattern, and what it refers to. */
function pattern(placeholder: Placeholder): { defs: string; body: string } {
  const shape = patternShape(placeholder);
  if (!shape) return { defs: '', body: '' };
  const { foreground } = placeholder;
  if (shape.tile === undefined) {
    const ink = paint(foreground, 'stroke', 'stroke-opacity', PATTERN_STRENGTH);
    return {
      defs: '',
      body: `<path ${ink} stroke-width="${compact(String(shape.stroke))}" d="${shape.data}"/>`,
    };
  }
  const ink = paint(foreground, 'fill', 'fill-opacity', PATTERN_STRENGTH);
  const { x, y } = tileOrigin(placeholder, shape.tile);
  const size = `x="${x}" y="${y}" width="${shape.tile}" height="${shape.tile}" patternUnits="userSpaceOnUse"`;
  return {
    defs: `<pattern id="pattern" ${size}><path ${ink} d="${shape.data}"/></pattern>`,
    body: `<path fill="url(#pattern)" d="${area(placeholder)}"/>`,
  };
}

/** Everything but the label, in px before scaling, cut off at the round corners. */
function shapes(placeholder: Placeholder): string {
  const { scale, border, radius } = placeholder;
  const back = background(placeholder);
  const over = pattern(placeholder);
  const clip = radius > 0 ? `<clipPath id="outline"><path d="${outline(placeholder)}"/></clipPath>` : '';
  const defs = back.defs + over.defs + clip;
  const edge = `<path ${paint(border.color)} fill-rule="evenodd" d="${borderShape(placeholder)}"/>`;
  const body = `<path ${back.fill} d="${area(placeholder)}"/>${over.body}${border.width > 0 ? edge : ''}`;
  const attributes = `${scale === 1 ? '' : ` transform="scale(${scale})"`}${clip && ' clip-path="url(#outline)"'}`;
  return `${defs && `<defs>${defs}</defs>`}${attributes === '' ? body : `<g${attributes}>${body}</g>`}`;
}

/** Ids and what refers to them: `id="…"`, `href="#…"`, `url(#…)`. */
const IDS = /(\bid="|\bhref="#|\burl\(#)([^")]+)/g;

/** Markup of ours whose ids all end in the same. */
export function withIds(markup: string, ending: string): string {
  return markup.replace(IDS, (_, before: string, id: string) => `${before}${id}-${ending}`);
}

/** What ids of a picture end in, so that no other picture in the same document has them: a hash of what it shows. */
function idEnding(placeholder: Placeholder): string {
  return hash('sha256', cacheKey(placeholder), 'hex').slice(0, 10);
}

/** Writes a picture as SVG (SVG 2), in output pixels. Nothing of the text becomes markup. */
export function encodeSvg(placeholder: Placeholder, label: Label | undefined): Buffer {
  const { width, height } = outputSize(placeholder);
  const { text } = placeholder;
  const body = `${shapes(placeholder)}${label ? labelPath(label, placeholder) + emojiDrawings(label) : ''}`;
  const title = text === '' ? '' : ` role="img" aria-label="${escapeXml(text)}"`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${title}>` +
      `${withIds(body, idEnding(placeholder))}</svg>`,
  );
}
