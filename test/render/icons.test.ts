import t from 'tap';
import type { RenderOptions } from '../../src/options/options.ts';
import { draw } from './draw.ts';

const [WIDTH, HEIGHT] = [300, 200];

/** Rows and columns of a picture with ink, on white. */
async function inkOf(options: Partial<RenderOptions>): Promise<{ x: number[]; y: number[]; count: number }> {
  const picture = await draw({ width: WIDTH, height: HEIGHT, bg: 'fff', fg: '000', ...options });
  const [x, y] = [new Set<number>(), new Set<number>()];
  let count = 0;
  for (let row = 0; row < picture.height; row++)
    for (let column = 0; column < picture.width; column++)
      if ((picture.at(column, row)[0] as number) < 160) {
        x.add(column);
        y.add(row);
        count += 1;
      }
  const sorted = (set: Set<number>): number[] => [...set].sort((a, b) => a - b);
  return { x: sorted(x), y: sorted(y), count };
}

const middle = (list: readonly number[]): number => ((list[0] ?? 0) + (list.at(-1) ?? 0)) / 2;

t.test('an icon alone stands where a label would', async (t) => {
  const center = await inkOf({ icon: 'circle', text: '' });
  t.ok(Math.abs(middle(center.x) - WIDTH / 2) < 1.5);
  t.ok(Math.abs(middle(center.y) - HEIGHT / 2) < 1.5);
  t.ok(center.y.length > 60, 'as large as a label');
  const corner = await inkOf({ icon: 'circle', text: '', align: 'top-left', size: 48 });
  t.ok(Math.abs(corner.x.length - 44) <= 2, 'its size is that of the label');
  t.ok((corner.x[0] as number) > 2 && (corner.x.at(-1) as number) < WIDTH / 2);
  t.ok((corner.y.at(-1) as number) < HEIGHT / 2);
  const bottom = await inkOf({ icon: 'circle', text: '', align: 'bottom-right', size: 48 });
  t.ok((bottom.x[0] as number) > WIDTH / 2 && (bottom.y[0] as number) > HEIGHT / 2);
});

t.test('an icon is above its label, and both are in the middle', async (t) => {
  const both = await inkOf({ icon: 'square', text: 'HHH' });
  const gaps = both.y.slice(1).filter((row, i) => row - (both.y[i] as number) > 1);
  t.equal(gaps.length, 1, 'there is a gap between them');
  t.ok(Math.abs(middle(both.y) - HEIGHT / 2) < 6);
  t.ok(Math.abs(middle(both.x) - WIDTH / 2) < 2);
  const small = await inkOf({ icon: 'square', text: 'HHH', size: 16, align: 'bottom' });
  t.ok((small.y[0] as number) > HEIGHT / 2, 'together they stand at the bottom');
});

t.test('an icon is the same in every scale', async (t) => {
  const [one, two] = await Promise.all([inkOf({ icon: 'camera' }), inkOf({ icon: 'camera', scale: 2 })]);
  t.ok(Math.abs(two.count / one.count - 4) < 0.2, `${two.count / one.count} times the ink`);
});

t.test('pictures of any size take an icon', async (t) => {
  for (const [width, height] of [
    [1, 1],
    [16, 16],
    [24, 120],
    [728, 90],
    [20, 400],
    [2000, 10],
  ] as const) {
    for (const text of ['', 'A label that is much too long for a picture so small']) {
      const picture = await draw({ width, height, text, icon: 'image' });
      t.equal(picture.width, width);
    }
  }
  t.ok((await inkOf({ width: 16, height: 16, text: '', icon: 'image' })).count > 10, 'even a small one');
});
