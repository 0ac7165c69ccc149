import t from 'tap';
import { placeLabel } from '../../src/label/label.ts';
import { FONT_NAMES } from '../../src/options/font-table.ts';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { type Coverage, drawnCoverage } from '../../src/render/coverage.ts';
import { figureCoverage } from '../../src/render/glyphs.ts';
import { seeded } from '../helper/seeded.ts';

/** Steps of every pixel of a picture. */
function stepsOf({ x, y, width, height, data }: Coverage, side: number): Uint8Array {
  const steps = new Uint8Array(side * side);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const byte = data[(row * width + column) >> 1] as number;
      steps[(y + row) * side + x + column] = column & 1 ? byte & 15 : byte >> 4;
    }
  }
  return steps;
}

/** The largest difference in steps between a label put together from glyphs and the same one drawn by the canvas. */
async function difference(options: RenderOptions): Promise<number> {
  const value = createPlaceholderValue(options);
  const label = await placeLabel(value);
  if (!label) return 0;
  const [width, height] = [value.width * value.scale, value.height * value.scale];
  const made = figureCoverage(label, width, height, value.foreground);
  // Narrow pictures have several lines, and some families take the figures of another.
  const isOneLine = new Set(label.runs.map(({ y }) => y)).size === 1;
  if (!made && isOneLine && label.font.plain)
    throw new Error(`${JSON.stringify(options)}: not made of glyphs`);
  if (!made) return 0;
  const side = Math.max(width, height) + 8;
  const drawn = stepsOf(drawnCoverage(label, width, height, value.foreground), side);
  return stepsOf(made, side).reduce(
    (most, step, i) => Math.max(most, Math.abs(step - (drawn[i] as number))),
    0,
  );
}

const random = seeded(602);
const upTo = (most: number): number => 1 + Math.floor(random() * most);
const octaves = (least: number, most: number): number => Math.round(least * (most / least) ** random());

/** How many of so many labels differ by more than a step, by which two inks on one pixel are rounded differently. */
async function differing(count: number, next: (i: number) => RenderOptions): Promise<number> {
  let others = 0;
  for (let i = 0; i < count; i++) if ((await difference(next(i))) > 1) others += 1;
  return others;
}

/** A glyph on the border between two quarters of a pixel may come to lie in the other one: in one label of thirty. */
const RARE = 1 / 30;

t.test('a default label is what the canvas draws of it', async (t) => {
  const others = await differing(250, () => ({ width: octaves(16, 1800), height: octaves(16, 1800) }));
  t.ok(others < 250 * RARE, `${others} differ`);
});

t.test('in every colour: light text and dark text are drawn in other strengths', async (t) => {
  const channel = (): string => (upTo(256) - 1).toString(16).padStart(2, '0');
  const others = await differing(150, () => ({
    width: 120,
    height: 80,
    fg: channel() + channel() + channel(),
  }));
  t.equal(others, 0);
});

t.test('in every family', async (t) => {
  const count = FONT_NAMES.length * 20;
  const others = await differing(count, (i) => ({
    width: octaves(30, 500),
    height: octaves(30, 500),
    font: FONT_NAMES[i % FONT_NAMES.length],
    weight: 100 * upTo(9),
    scale: upTo(2),
  }));
  t.ok(others < count * RARE, `${others} of ${count} differ`);
});

t.test('a label of more than figures is left to the canvas', async (t) => {
  for (const text of ['a', '1 2 3', '12\n34a', '漢字', '1 × 2 😀']) {
    const value = createPlaceholderValue({ width: 300, height: 200, text });
    const label = await placeLabel(value);
    t.equal(label && figureCoverage(label, 300, 200, value.foreground), undefined, text);
  }
});
