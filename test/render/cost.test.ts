import t from 'tap';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { costOf, weightOf } from '../../src/render/cost.ts';

const of = (options: RenderOptions): number => costOf(createPlaceholderValue(options));

t.test('dearer pictures cost more', async (t) => {
  const size = { width: 1000, height: 1000 };
  const rising: readonly (readonly [what: string, ...RenderOptions[]])[] = [
    ['pixels', { ...size, width: 10 }, { ...size, width: 100 }, size, { ...size, scale: 2 }],
    ['layers', size, { ...size, radius: 9 }, { ...size, radius: 9, border: 1 }],
    ['layers of a gradient', { ...size, bg: 'red,blue' }, { ...size, bg: 'red,blue', pattern: 'dots' }],
    ['formats', { ...size, format: 'svg' }, size, { ...size, format: 'jpeg' }, { ...size, format: 'webp' }],
    ['gradients', { ...size, format: 'gif' }, { ...size, format: 'gif', bg: 'red,blue' }],
    ['scenes', size, { ...size, scene: 'hills', text: '' }, { ...size, scene: 'hills' }],
    ['letters', { ...size, text: 'a' }, { ...size, text: 'a'.repeat(99) }, { ...size, text: 'ก'.repeat(99) }],
    ['emoji', { ...size, format: 'avif', text: 'a' }, { ...size, format: 'avif', text: '😀' }],
  ];
  for (const [what, ...pictures] of rising) {
    const costs = pictures.map(of);
    t.strictSame(
      costs,
      [...costs].sort((a, b) => a - b),
      what,
    );
    t.equal(new Set(costs).size, costs.length, `${what} are told apart`);
  }
});

t.test('how many ordinary pictures one counts for', async (t) => {
  const table: readonly (readonly [RenderOptions, number])[] = [
    [{ width: 600, height: 400 }, 1],
    [{ width: 1200, height: 630, format: 'webp' }, 1],
    [{ width: 2000, height: 2000 }, 1],
    [{ width: 600, height: 400, format: 'avif', pattern: 'dots', radius: 20 }, 1],
    [{ width: 2000, height: 2000, pattern: 'dots' }, 9],
    [{ width: 2000, height: 2000, scale: 2, bg: 'red,blue', pattern: 'dots', radius: 20 }, 19],
    [{ width: 600, height: 400, text: 'ก'.repeat(300) }, 9],
  ];
  for (const [options, weight] of table)
    t.equal(weightOf(createPlaceholderValue(options)), weight, JSON.stringify(options).slice(0, 80));
});
