import t from 'tap';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { memoryOf } from '../../src/render/working-memory.ts';

const MEBI = 2 ** 20;
const of = (options: RenderOptions): number => memoryOf(createPlaceholderValue(options)) / MEBI;

t.test('what is drawn in more copies takes more memory', async (t) => {
  const size = { width: 1000, height: 1000 };
  const rising: readonly (readonly [what: string, ...RenderOptions[]])[] = [
    ['formats', { ...size, format: 'svg' }, size, { ...size, format: 'jpeg' }, { ...size, format: 'webp' }],
    ['pixels', { ...size, width: 10 }, size, { ...size, scale: 2 }],
    ['layers', size, { ...size, radius: 9 }],
    ['gradients', size, { ...size, bg: 'red,blue' }],
    ['scenes', size, { ...size, scene: 'hills' }, { ...size, scene: 'hills', blur: 5 }],
  ];
  for (const [what, ...pictures] of rising) {
    const sizes = pictures.map(of);
    t.strictSame(
      sizes,
      [...sizes].sort((a, b) => a - b),
      what,
    );
    t.equal(new Set(sizes).size, sizes.length, `${what} are told apart`);
  }
});

t.test('in 256 MiB ordinary pictures of any size are drawn, and the costliest are not', async (t) => {
  const room = 35 * (15 / 16);
  const largest = { width: 2000, height: 2000 };
  for (const format of ['png', 'gif', 'svg'] as const)
    t.ok(of({ ...largest, format }) < room, `2000×2000 as ${format}`);
  for (const format of ['jpeg', 'webp', 'avif'] as const)
    t.ok(of({ width: 1080, height: 1080, format }) < room, `1080×1080 as ${format}`);
  t.ok(of({ ...largest, bg: 'red,blue', format: 'avif' }) > room);
  t.ok(of({ ...largest, scale: 2, pattern: 'dots' }) > room);
  t.ok(
    of({ width: 600, height: 400, format: 'avif' }) < 24,
    'a default label in the least memory that there is',
  );
});
