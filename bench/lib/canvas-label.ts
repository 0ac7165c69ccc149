import { createRequire } from 'node:module';
import { type Canvas, createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import type { Pixels } from './pixels.ts';

const INTER = createRequire(import.meta.url).resolve(
  '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
);
GlobalFonts.registerFromPath(INTER, 'bench-inter');

/** The font of greybox' labels; `size` in px. */
export function setLabelFont(context: SKRSContext2D, size: number): void {
  context.font = `400 ${size}px "bench-inter"`;
  context.fontVariationSettings = '"wght" 600';
}

/** A flat picture with one line of text, as someone would draw it with a canvas; in px. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly background: string;
  readonly ink: string;
  readonly text: string;
  readonly size: number;
  /** The start of the baseline. */
  readonly x: number;
  readonly y: number;
}

/** Draws on a canvas of the picture's size, or on a part of it that begins at `left`, `top`. */
export function draw(drawing: Drawing, part = { left: 0, top: 0, ...pick(drawing) }): Canvas {
  const canvas = createCanvas(part.width, part.height);
  const context = canvas.getContext('2d');
  context.fillStyle = drawing.background;
  context.fillRect(0, 0, part.width, part.height);
  context.fillStyle = drawing.ink;
  setLabelFont(context, drawing.size);
  context.fillText(drawing.text, drawing.x - part.left, drawing.y - part.top);
  return canvas;
}

const pick = ({ width, height }: Pixels | Drawing): Pick<Pixels, 'width' | 'height'> => ({ width, height });

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const hex = (pixels: Pixels, at: number): string => `#${pixels.data.toString('hex', at, at + 3)}`;

/** Where the picture is not its background (the colour of its corner), and the colour that is farthest from it. */
function findInk({ width, height, data }: Pixels): { box: Box; at: number } {
  let [left, top, right, bottom, at, farthest] = [width, height, 0, 0, 0, 0];
  for (let i = 0; i < data.length; i += 4) {
    const distance = Math.abs((data[i] as number) - (data[0] as number));
    if (distance === 0) continue;
    const x = (i / 4) % width;
    const y = Math.floor(i / 4 / width);
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    if (distance > farthest) [at, farthest] = [i, distance];
  }
  return { box: { left, top, width: right - left + 1, height: bottom - top + 1 }, at };
}

/** Sum of differences between a picture and a drawing, in the box of the ink, in the first channel. */
function misfit(pixels: Pixels, drawing: Drawing, box: Box): number {
  const drawn = draw(drawing, box).data();
  let sum = 0;
  for (let row = 0, i = 0; row < box.height; row++) {
    let at = ((box.top + row) * pixels.width + box.left) * 4;
    for (let column = 0; column < box.width; column++, i += 4, at += 4) {
      sum += Math.abs((drawn[i] as number) - (pixels.data[at] as number));
    }
  }
  return sum;
}

/**
 * Finds the size and place at which a plain canvas draws what is in the picture: the competitor then draws the same
 * label, and we need not know how it was laid out.
 */
export async function fitDrawing(pixels: Pixels, text: string): Promise<Drawing> {
  const { box, at } = findInk(pixels);
  const flat = { ...pick(pixels), background: hex(pixels, 0), ink: hex(pixels, at), text };
  const ruler = draw({ ...flat, size: 100, x: 0, y: 0 }, { left: 0, top: 0, width: 1, height: 1 });
  const metrics = ruler.getContext('2d').measureText(text);
  const inkLeft = -metrics.actualBoundingBoxLeft / 100;
  const ascent = metrics.actualBoundingBoxAscent / 100;
  const inkWidth = metrics.actualBoundingBoxRight / 100 - inkLeft;
  let best = { drawing: { ...flat, size: 0, x: 0, y: 0 }, misfit: Number.POSITIVE_INFINITY };
  const attempt = async (size: number, reach: number): Promise<void> => {
    for (let dx = -reach; dx <= reach; dx++) {
      for (let dy = -reach; dy <= reach; dy++) {
        const x = Math.round(box.left - inkLeft * size) + dx;
        const y = Math.round(box.top + ascent * size) + dy;
        const drawing = { ...flat, size, x, y };
        const sum = misfit(pixels, drawing, box);
        if (sum < best.misfit) best = { drawing, misfit: sum };
      }
      // A canvas frees its pixels on a later turn of the event loop.
      await new Promise(setImmediate);
    }
  };
  // Antialiasing hides where the ink ends by up to a pixel on each side: look that far, then ever closer.
  const pixel = 1 / inkWidth;
  for (let step = -15; step <= 15; step++) await attempt((box.width + step / 5) * pixel, 1);
  const coarse = best.drawing.size;
  for (let step = -10; step <= 10; step++) await attempt(coarse + (step / 50) * pixel, 1);
  return best.drawing;
}
