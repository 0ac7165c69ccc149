import { createCanvas, Path2D, type SKRSContext2D } from '../label/canvas.ts';
import { drawIcon } from '../label/icon.ts';
import type { Label } from '../label/label.ts';
import { drawEmoji, drawText } from '../label/runs.ts';
import type { Pattern } from '../options/choices.ts';
import { type Color, css } from '../options/color.ts';
import { gradientLine, gradientStops } from '../options/gradient.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { plateUnder } from './plate.ts';
import { paintScene, sceneCanvas } from './scene-picture.ts';
import { borderShape, isRounded, outline, patternShape, tileOrigin } from './shapes.ts';

/** Strength of a pattern: the share of the foreground in its ink. Thin lines need more than areas. */
const STRENGTHS: Readonly<Partial<Record<Pattern, number>>> = { cross: 0.32, grid: 0.18 };
const STRENGTH = 0.12;

/** A pattern's ink: its own colour, or a faint foreground. */
export function patternInk({ foreground: [red, green, blue, alpha], pattern }: Placeholder): Color {
  return pattern.color ?? [red, green, blue, alpha * (STRENGTHS[pattern.name] ?? STRENGTH)];
}

/** Draws a picture's pattern with `fill`; the context is in px before scaling. */
export function paintPattern(context: SKRSContext2D, placeholder: Placeholder, fill: string): void {
  const shape = patternShape(placeholder);
  if (!shape) return;
  const { width, height } = outputSize(placeholder);
  const { scale } = placeholder;
  const path = new Path2D(shape.data);
  if (shape.tile === undefined) {
    context.strokeStyle = fill;
    context.lineWidth = shape.stroke ?? 1;
    context.stroke(path);
    return;
  }
  const side = shape.tile * scale;
  const tile = createCanvas(side, side);
  const tileContext = tile.getContext('2d');
  tileContext.scale(scale, scale);
  tileContext.fillStyle = fill;
  tileContext.fill(path);
  context.save();
  context.scale(1 / scale, 1 / scale);
  context.fillStyle = context.createPattern(tile, 'repeat');
  const { x, y } = tileOrigin(placeholder, shape.tile);
  context.translate(x * scale, y * scale);
  context.fillRect(-x * scale, -y * scale, width, height);
  context.restore();
}

/** Draws a picture's border with `fill`. */
export function paintBorder(context: SKRSContext2D, placeholder: Placeholder, fill: string): void {
  if (placeholder.border.width === 0) return;
  context.fillStyle = fill;
  context.fill(new Path2D(borderShape(placeholder)), 'evenodd');
}

function paintBackground(context: SKRSContext2D, placeholder: Placeholder): void {
  const scene = sceneCanvas(placeholder);
  if (scene) {
    paintScene(context, scene);
    return;
  }
  const { width, height, background } = placeholder;
  const { colors, angle } = background;
  if (colors.length === 1) {
    context.fillStyle = css(colors[0]);
  } else {
    const gradient = context.createLinearGradient(...gradientLine(width, height, angle));
    for (const { offset, color } of gradientStops(colors)) gradient.addColorStop(offset, css(color));
    context.fillStyle = gradient;
  }
  context.fillRect(0, 0, width, height);
}

/**
 * Draws a picture in full colour, for gradients and colour emoji.
 * @returns four bytes per output pixel, not premultiplied
 */
export function paintPicture(placeholder: Placeholder, label: Label | undefined): Buffer {
  const { width, height } = outputSize(placeholder);
  const { scale } = placeholder;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  if (isRounded(placeholder)) context.clip(new Path2D(outline(placeholder)));
  paintBackground(context, placeholder);
  paintPattern(context, placeholder, css(patternInk(placeholder)));
  paintBorder(context, placeholder, css(placeholder.border.color));
  if (label) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    const plate = plateUnder(placeholder, label);
    if (plate) {
      context.fillStyle = css(plate.color);
      context.fill(new Path2D(plate.data));
    }
    context.fillStyle = css(placeholder.foreground);
    drawText(context, label);
    if (label.icon) drawIcon(context, label.icon);
    drawEmoji(context, label);
  }
  const { data } = context.getImageData(0, 0, width, height);
  // Frees its pixels now: V8 does not know how large a canvas is, and would let canvases pile up.
  canvas.width = canvas.height = 1;
  return Buffer.from(data.buffer, data.byteOffset, data.length);
}
