import t from 'tap';
import type { Color } from '../../src/color/rgb.ts';
import { along, type Drawing, down, flat, glow, radial, type Shape } from '../../src/scene/drawing.ts';
import { Path } from '../../src/scene/path.ts';
import { rasterizeBlurred } from '../../src/scene/raster/blur.ts';
import type { Canvas } from '../../src/scene/raster/brush.ts';
import { rasterize } from '../../src/scene/raster/rasterize.ts';

const BLACK: Color = [0, 0, 0, 255];
const WHITE: Color = [255, 255, 255, 255];

const drawing = (shapes: readonly Shape[], width = 40, height = 30): Drawing => ({
  width,
  height,
  backdrop: [flat(WHITE)],
  shapes,
});
const black = (path: Path): Shape => ({ path, paint: flat(BLACK) });
const at = ({ pixels, width }: Canvas, x: number, y: number): number =>
  (pixels[y * width + x] as number) & 255;

/** How much ink there is, in pixels. */
const ink = ({ pixels }: Canvas): number =>
  pixels.reduce((sum, pixel) => sum + (255 - (pixel & 255)), 0) / 255;

const draw = (path: Path, scale = 1): Canvas => rasterize(drawing([black(path)]), scale);

t.test('a pixel is covered by the exact area', async (t) => {
  const canvas = draw(new Path().rect(10.25, 5.5, 4, 3));
  t.equal(at(canvas, 10, 6), 64, 'three quarters');
  t.equal(at(canvas, 12, 6), 0, 'whole');
  t.equal(at(canvas, 14, 6), 191, 'a quarter');
  t.equal(at(canvas, 12, 5), 127, 'half');
  t.equal(at(canvas, 9, 6), 255, 'none');
  t.ok(Math.abs(ink(canvas) - 12) < 0.1);
});

t.test('areas are those of geometry, whichever way round and however large', async (t) => {
  for (const scale of [1, 2, 3.5]) {
    const circle = ink(draw(new Path().circle(20, 15, 9), scale)) / scale ** 2;
    t.ok(Math.abs(circle - Math.PI * 81) < 2, `a circle at ${scale}: ${circle}`);
    const triangle = new Path().polygon([
      [5, 2],
      [35, 28],
      [5, 28],
    ]);
    t.ok(Math.abs(ink(draw(triangle, scale)) / scale ** 2 - 390) < 0.5, `a triangle at ${scale}`);
  }
  const turned = new Path().rect(-6, -4, 12, 8).placed(20, 15, 0.7, 1.5);
  t.ok(Math.abs(ink(draw(turned)) - 216) < 0.5, 'turned and enlarged');
});

t.test('two equal ways round are one area, opposite ones a hole', async (t) => {
  const outer = new Path().rect(5, 5, 20, 20);
  t.ok(Math.abs(ink(draw(new Path().add(outer).rect(10, 10, 10, 10))) - 400) < 0.1);
  const hole = new Path().polygon([
    [10, 10],
    [10, 20],
    [20, 20],
    [20, 10],
  ]);
  t.ok(Math.abs(ink(draw(new Path().add(outer).add(hole))) - 300) < 0.1);
});

t.test('what reaches out of the picture is cut off', async (t) => {
  t.ok(Math.abs(ink(draw(new Path().rect(-500, -500, 5000, 5000))) - 1200) < 0.1, 'all of it');
  t.equal(ink(draw(new Path().rect(50, 5, 10, 10))), 0, 'to the right');
  t.equal(ink(draw(new Path().rect(5, 40, 10, 10))), 0, 'below');
  t.ok(Math.abs(ink(draw(new Path().circle(0, 0, 10))) - 25 * Math.PI) < 0.5, 'a quarter of a circle');
});

t.test('gradients are where they should be', async (t) => {
  const stops = [
    [0, BLACK],
    [1, WHITE],
  ] as const;
  const whole = new Path().rect(0, 0, 200, 200);
  const fill = (paint: Shape['paint'], half: boolean): Canvas =>
    rasterize(
      half
        ? drawing([{ path: whole, paint }], 200, 200)
        : { width: 200, height: 200, backdrop: [paint], shapes: [] },
      1,
    );
  for (const half of [true, false]) {
    const place = half ? 'a shape' : 'the backdrop';
    const near = (level: number, expected: number, what: string): void => {
      t.ok(Math.abs(level - expected) < 5, `${what} in ${place}: ${level}`);
    };
    near(at(fill(down(0, 200, stops), half), 50, 100), 128, 'down');
    near(at(fill(along(0, 0, 200, 0, stops), half), 150, 20), 191, 'to the right');
    near(at(fill(along(0, 0, 200, 200, stops), half), 100, 100), 128, 'aslant');
    near(at(fill(radial(100, 100, 100, 50, stops), half), 150, 100), 128, 'round, across');
    near(at(fill(radial(100, 100, 100, 50, stops), half), 100, 125), 128, 'round, down');
  }
  const lit = fill(glow(100, 100, 80, 80, WHITE, 1), true);
  t.equal(at(lit, 100, 100), 255);
});

t.test('the blocks of a large backdrop have the colours of their middles', async (t) => {
  const [width, height] = [1001, 703];
  const paint = along(0, 0, width, height, [
    [0, BLACK],
    [1, WHITE],
  ]);
  const canvas = rasterize({ width, height, backdrop: [paint], shapes: [] }, 1);
  let [most, sum] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const share = ((x + 0.5) * width + (y + 0.5) * height) / (width ** 2 + height ** 2);
      const error = at(canvas, x, y) - 255 * share;
      most = Math.max(most, Math.abs(error));
      sum += error;
    }
  }
  t.ok(most < 1.75, `no pixel is off by two levels: ${most}`);
  t.ok(Math.abs(sum / (width * height)) < 0.05, `on average they are right: ${sum / (width * height)}`);
});

t.test('a blurred picture is the same one, less sharp', async (t) => {
  const edge = drawing([black(new Path().rect(0, 0, 60, 80))], 120, 80);
  for (const blur of [1, 3, 8]) {
    const canvas = rasterizeBlurred(edge, 1, blur);
    const middle = at(canvas, 60, 40);
    t.ok(Math.abs(middle - 128) < 40 / blur + 14, `half way at the edge with ${blur}: ${middle}`);
    // A Gaussian's integral: 16 % at one deviation from the edge.
    if (blur > 1) t.ok(Math.abs(at(canvas, 60 - blur, 40) - 40) < 20, `at one deviation with ${blur}`);
    t.ok(at(canvas, 2, 40) < 4, 'black stays black');
    t.ok(at(canvas, 117, 40) > 251, 'white stays white');
  }
});
