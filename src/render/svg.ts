import type { Label } from '../label/label.ts';
import { gradientLine, gradientStops } from '../options/gradient.ts';
import { type Placeholder, readingOf } from '../options/options.ts';
import { sceneDrawing } from '../options/scene.ts';
import { outputSize } from '../options/sizes.ts';
import type { Fluid } from '../options/values.ts';
import { drawingMarkup } from '../scene/svg.ts';
import { patternInk } from './paint.ts';
import { borderShape, isRounded, outline, patternShape, tileOrigin } from './shapes.ts';
import { compact, escapeXml, idEnding, paint, withIds } from './svg-markup.ts';
import { wordsMarkup } from './svg-words.ts';

/** A picture's scene: definitions and elements; undefined for a picture without one. */
function scene(placeholder: Placeholder): { defs: string; body: string } | undefined {
  const drawing = sceneDrawing(readingOf(placeholder));
  if (!drawing) return undefined;
  const { blur } = placeholder;
  const { defs, body } = drawingMarkup(drawing, 's');
  if (blur === 0) return { defs, body };
  // Beyond the edge is nothing, so blurring makes the edge transparent: this makes it opaque again.
  const opaque =
    '<feComponentTransfer><feFuncA type="linear" slope="0" intercept="1"/></feComponentTransfer>';
  const { width, height } = placeholder;
  const whole = `filterUnits="userSpaceOnUse" x="0" y="0" width="${width}" height="${height}" color-interpolation-filters="sRGB"`;
  const filter = `<filter id="blur" ${whole}><feGaussianBlur stdDeviation="${blur}"/>${opaque}</filter>`;
  return { defs: defs + filter, body: `<g filter="url(#blur)">${body}</g>` };
}

/** The background: a definition if it is a gradient, and the attribute that fills a shape with it. */
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

/** The area of background and pattern: the whole picture, or up to the middle of a border that hides their edge. */
function area({ width, height, border }: Placeholder): string {
  const inset = border.color[3] === 255 ? border.width / 2 : 0;
  return `M${inset} ${inset}H${width - inset}V${height - inset}H${inset}z`;
}

/** The pattern, and its definitions. */
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

/**
 * A picture that takes its sides from its surroundings: its shapes are stretched, its label stays in the middle
 * unchanged. Its size in px is the size of the inner view box.
 */
function fluidRoot(
  placeholder: Placeholder,
  { width, height }: Fluid,
  title: string,
  back: string,
  words: string,
): string {
  const size = outputSize(placeholder);
  const side = (percent: number | undefined, px: number): string =>
    percent === undefined ? `${px}` : `${percent}%`;
  const box = `viewBox="0 0 ${size.width} ${size.height}"`;
  const sides = `width="${side(width, size.width)}" height="${side(height, size.height)}"`;
  const middle = `<svg x="50%" y="50%" overflow="visible"><g transform="translate(${-size.width / 2} ${-size.height / 2})">`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${sides}><svg ${box} width="100%" height="100%" preserveAspectRatio="none"${title}>` +
    `${back}</svg>${middle}${words}</g></svg></svg>`
  );
}

/** Writes a picture as SVG (SVG 2), in output pixels. Nothing of the text becomes markup. */
export function encodeSvg(placeholder: Placeholder, label: Label | undefined): Buffer {
  const { width, height } = outputSize(placeholder);
  const { text, fluid } = placeholder;
  const ending = idEnding(placeholder);
  const back = withIds(shapes(placeholder), ending);
  const words = withIds(wordsMarkup(placeholder, label), ending);
  const title = text === '' ? '' : ` role="img" aria-label="${escapeXml(text)}"`;
  const root = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${title}>`;
  return Buffer.from(
    fluid ? fluidRoot(placeholder, fluid, title, back, words) : `${root}${back}${words}</svg>`,
  );
}
