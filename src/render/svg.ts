import { createCanvas, SvgExportFlag } from '../label/canvas.ts';
import { EMOJI_BOX } from '../label/emoji.ts';
import type { IconRun } from '../label/icon.ts';
import { drawText, type Label } from '../label/label.ts';
import { EMOJI } from '../label/measure.ts';
import { type Color, formatColor } from '../options/color.ts';
import { gradientLine, gradientStops } from '../options/gradient.ts';
import { ICON_BOX, ICON_STROKE, iconPaths } from '../options/icon-set.ts';
import { type Placeholder, readingOf } from '../options/options.ts';
import { sceneDrawing } from '../options/scene.ts';
import { outputSize } from '../options/sizes.ts';
import { drawingMarkup } from '../scene/svg.ts';
import { patternInk } from './paint.ts';
import { plateUnder } from './plate.ts';
import { borderShape, isRounded, outline, patternShape, tileOrigin } from './shapes.ts';

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

/** A label's emoji: drawings of our own packages, never of the text. */
function emojiDrawings({ emoji, size }: Label): string {
  const factor = (size * EMOJI.size) / EMOJI_BOX;
  return emoji
    .map(({ emoji: { body, height }, x, y }) => {
      const top = y + ((EMOJI_BOX - height) / 2) * factor;
      return `<g transform="translate(${compact(`${x} ${top}`)}) scale(${compact(String(factor))})">${body}</g>`;
    })
    .join('');
}

/** A label's icon: lines in the label's ink. */
function iconDrawing({ name, x, y, side }: IconRun, ink: Color): string {
  const [red, green, blue, alpha] = ink;
  const color = `#${formatColor([red, green, blue, 255])}`;
  const place = `transform="translate(${compact(`${x} ${y}`)}) scale(${compact((side / ICON_BOX).toFixed(4))})"`;
  // The opacity of all together: where lines cross, nothing is inked twice.
  const opacity = alpha === 255 ? '' : ` opacity="${compact((alpha / 255).toFixed(3))}"`;
  const parts = iconPaths(name).map(({ data, isFilled, isStroked, rule }) => {
    const fill = isFilled ? ` fill="${color}"${rule === 'evenodd' ? ' fill-rule="evenodd"' : ''}` : '';
    return `<path d="${data}"${fill}${isStroked ? '' : ' stroke="none"'}/>`;
  });
  const lines = `fill="none" stroke="${color}" stroke-width="${ICON_STROKE}" stroke-linecap="round" stroke-linejoin="round"`;
  return `<g ${place} ${lines}${opacity}>${parts.join('')}</g>`;
}

/** A picture's scene: definitions and elements; undefined for a picture without one. */
function scene(placeholder: Placeholder): { defs: string; body: string } | undefined {
  const drawing = sceneDrawing(readingOf(placeholder));
  if (!drawing) return undefined;
  const { blur } = placeholder;
  const { defs, body } = drawingMarkup(drawing, 's');
  if (blur === 0) return { defs, body };
  // What is blurred in from beyond the edge is nothing: taken for what is there, without it.
  const opaque =
    '<feComponentTransfer><feFuncA type="linear" slope="0" intercept="1"/></feComponentTransfer>';
  const { width, height } = placeholder;
  const whole = `filterUnits="userSpaceOnUse" x="0" y="0" width="${width}" height="${height}" color-interpolation-filters="sRGB"`;
  const filter = `<filter id="blur" ${whole}><feGaussianBlur stdDeviation="${blur}"/>${opaque}</filter>`;
  return { defs: defs + filter, body: `<g filter="url(#blur)">${body}</g>` };
}

/** The background: a definition, where it is a gradient, and the attribute that fills a shape with it. */
function background({ width, height, background: { colors, angle } }: Placeholder): {
  defs: string;
  fill: string;
} {
  if (colors.length === 1) return { defs: '', fill: paint(colors[0]) };
  const [x1, y1, x2, y2] = gradientLine(width, height, angle);
  const stops = gradientStops(colors).map(({ offset: place, color }) => {
    const offset = compact(String(place));
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
    defs: `<pattern id="pattern" ${size}><path ${ink} d="${shape.data}"/></pattern>`,
    body: `<path fill="url(#pattern)" d="${area(placeholder)}"/>`,
  };
}

/** Everything but the label, in px before scaling, cut off at the round corners. */
function shapes(placeholder: Placeholder): string {
  const { scale, border } = placeholder;
  const drawn = scene(placeholder);
  const flat = background(placeholder);
  const back = drawn ?? { defs: flat.defs, body: `<path ${flat.fill} d="${area(placeholder)}"/>` };
  const over = pattern(placeholder);
  const clip = isRounded(placeholder)
    ? `<clipPath id="outline"><path d="${outline(placeholder)}"/></clipPath>`
    : '';
  const defs = back.defs + over.defs + clip;
  const edge = `<path ${paint(border.color)} fill-rule="evenodd" d="${borderShape(placeholder)}"/>`;
  const body = `${back.body}${over.body}${border.width > 0 ? edge : ''}`;
  const attributes = `${scale === 1 ? '' : ` transform="scale(${scale})"`}${clip && ' clip-path="url(#outline)"'}`;
  return `${defs && `<defs>${defs}</defs>`}${attributes === '' ? body : `<g${attributes}>${body}</g>`}`;
}

/** Writes a picture as SVG (SVG 2), in output pixels. Nothing of the text becomes markup. */
export function encodeSvg(placeholder: Placeholder, label: Label | undefined): Buffer {
  const { width, height } = outputSize(placeholder);
  const { text } = placeholder;
  const plate = plateUnder(placeholder, label);
  const title = text === '' ? '' : ` role="img" aria-label="${escapeXml(text)}"`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${title}>` +
      `${shapes(placeholder)}${plate ? `<path ${paint(plate.color)} d="${plate.data}"/>` : ''}${label ? labelPath(label, placeholder) + emojiDrawings(label) : ''}${label?.icon ? iconDrawing(label.icon, placeholder.foreground) : ''}</svg>`,
  );
}
