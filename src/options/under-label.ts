import { LRUCache } from 'lru-cache';
import { colorsOf } from '../scene/raster/sample.ts';
import { drawScene } from '../scene/scenes.ts';
import { type Color, over } from './color.ts';
import { colorAt, gradientLine } from './gradient.ts';
import type { Reading } from './option.ts';
import { sceneOptions } from './scene.ts';

/** The largest part of a picture that a label takes, as shares of its sides. */
const LABEL = { width: 0.68, height: 0.36 };
/** Places in it that are sampled, on each axis. */
const ACROSS = [-0.5, -0.25, 0, 0.25, 0.5];
const DOWN = [-0.5, 0, 0.5];

/** Where the middle of a label is, as shares of the sides. */
function middleOf(align: string): readonly [x: number, y: number] {
  const aside = (low: string, high: string, length: number): number =>
    align.includes(low) ? length / 2 : align.includes(high) ? 1 - length / 2 : 0.5;
  return [aside('left', 'right', LABEL.width), aside('top', 'bottom', LABEL.height)];
}

/** The colours of a gradient that lie under a label. */
function gradientUnder({ width, height, get }: Reading): Color[] {
  const colors = get('bg');
  const [x0, y0, x1, y1] = gradientLine(width, height, get('angle'));
  const [dx, dy] = [x1 - x0, y1 - y0];
  const [middleX, middleY] = middleOf(get('align'));
  return DOWN.flatMap((down) =>
    ACROSS.map((across) => {
      const x = (middleX + across * LABEL.width) * width - x0;
      const y = (middleY + down * LABEL.height) * height - y0;
      return colorAt(colors, (x * dx + y * dy) / (dx * dx + dy * dy || 1));
    }),
  );
}

/** Known colours under labels of scenes: a picture's value, its key and its drawing all need them. */
const underScenes = new LRUCache<string, readonly Color[]>({ max: 500 });

/** The colours of a picture's scene that lie under its label; undefined for a picture without a scene. */
function sceneUnder(picture: Reading): readonly Color[] | undefined {
  const options = sceneOptions(picture);
  if (!options) return undefined;
  const align = picture.get('align');
  const key = JSON.stringify([options, align]);
  let colors = underScenes.get(key);
  if (!colors) {
    const [x, y] = middleOf(align);
    const { width, height } = LABEL;
    colors = colorsOf(drawScene(options), { left: x - width / 2, top: y - height / 2, width, height });
    underScenes.set(key, colors);
  }
  return colors;
}

/** The colours behind a label, without patterns. */
function backgroundUnder(picture: Reading): readonly Color[] {
  const colors = picture.get('bg');
  const hasLabel = picture.get('text') !== '' || picture.get('icon') !== undefined;
  const scene = hasLabel ? sceneUnder(picture) : undefined;
  return scene ?? (colors.length === 1 ? colors : gradientUnder(picture));
}

/**
 * The colours under a picture's label, on which its ink must be readable. The background is listed twice: a pattern
 * covers no more than half of it, most of them far less.
 */
export function colorsUnderLabel(picture: Reading): readonly Color[] {
  const backgrounds = backgroundUnder(picture);
  const { color } = picture.get('pattern');
  if (!color) return backgrounds;
  return [...backgrounds, ...backgrounds, ...backgrounds.map((one) => over(one, color, 1))];
}
