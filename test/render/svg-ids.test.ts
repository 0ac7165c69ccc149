import sharp from 'sharp';
import t from 'tap';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { render } from '../../src/render/render.ts';
import { startChromium } from '../helper/chromium.ts';

const draw = (options: RenderOptions): Promise<Buffer> => render(createPlaceholderValue(options));

/** Two pictures that differ in all that SVG refers to by an id: gradient, pattern, outline, and an emoji's own parts. */
const PAIR = [
  { width: 120, height: 80, bg: 'red,yellow', pattern: 'dots', radius: 30, text: '🏴🏳️🏴' },
  { width: 120, height: 80, bg: 'blue,white', pattern: 'grid', radius: 5, text: '🏳️🛜', scale: 1 },
] as const;

const idsOf = (svg: string): string[] =>
  Array.from(svg.matchAll(/\bid="([^"]*)"/g), ([, id]) => id as string);

t.test('ids of two pictures differ, and are the same each time', async (t) => {
  const svgs = await Promise.all(
    PAIR.map(async (options) => String(await draw({ ...options, format: 'svg' }))),
  );
  const ids = svgs.map(idsOf);
  t.ok(
    ids.every((one) => one.length > 3),
    String(ids),
  );
  t.equal(new Set(ids.flat()).size, ids.flat().length);
  for (const [i, svg] of svgs.entries()) {
    const used = Array.from(svg.matchAll(/(?:url\(|href=")#([^")]*)/g), ([, id]) => id as string);
    t.strictSame(new Set(used), new Set(ids[i]), 'what is defined is used');
    const again = await draw({ ...(PAIR[i] as (typeof PAIR)[number]), format: 'svg' });
    t.equal(String(again), svg);
  }
});

/** The browser dithers gradients by their place in the page: levels of 255 that a channel may be off. */
const DITHER = 3;

/** How far the channels of two screenshots are apart at the most, in levels of 255. */
async function mostDifferent(a: Buffer, b: Buffer): Promise<number> {
  const [one, other] = await Promise.all([a, b].map((picture) => sharp(picture).raw().toBuffer()));
  return (one as Buffer).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - ((other as Buffer)[i] as number))),
    0,
  );
}

t.test('two in one page look as each does alone', async (t) => {
  const svgs = await Promise.all(
    PAIR.map(async (options) => String(await draw({ ...options, format: 'svg' }))),
  );
  const page = await (await startChromium(t)).newPage();
  const show = async (...shown: readonly string[]): Promise<Buffer[]> => {
    await page.setContent(`<style>svg { display: block }</style>${shown.join('')}`);
    return Promise.all((await page.locator('svg').all()).map((svg) => svg.screenshot()));
  };
  const alone = [...(await show(svgs[0] as string)), ...(await show(svgs[1] as string))];
  const together = await show(...svgs);
  t.equal(together.length, 2);
  for (const [i, picture] of together.entries()) {
    const difference = await mostDifferent(picture, alone[i] as Buffer);
    t.ok(difference <= DITHER, `picture ${i}: ${difference} levels of 255`);
  }
  t.ok((await mostDifferent(alone[0] as Buffer, alone[1] as Buffer)) > 100);
});
