import sharp from 'sharp';
import t from 'tap';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { render } from '../../src/render/render.ts';
import { SCENE_NAMES } from '../../src/scene/scenes.ts';
import { startChromium } from '../helper/chromium.ts';
import { distance } from './drawings.ts';

const WIDTH = 300;
const HEIGHT = 200;

const draw = (options: Partial<RenderOptions>): Promise<Buffer> =>
  render(createPlaceholderValue({ width: WIDTH, height: HEIGHT, ...options }));

/** The pixels of a picture, without alpha. */
const pixelsOf = (picture: Buffer): Promise<Buffer> => sharp(picture).removeAlpha().raw().toBuffer();

/** What a picture may differ on the average, in levels of 255: edges and gradients are rounded in other ways. */
const ALIKE = 2;

/** Pictures that a browser and we have to draw alike. */
const PICTURES: readonly Partial<RenderOptions>[] = [
  ...SCENE_NAMES.map((scene) => ({ scene, seed: 'browser', text: '' })),
  { scene: 'hills', bg: '1e3a8a-fde68a', text: '', grayscale: 'true' },
  { scene: 'skyline', seed: 'b', text: '', blur: 2 },
  { scene: 'waves', seed: 'b', text: '', blur: 9, radius: '40' },
  { scene: 'mesh', seed: 'c', text: 'Label', icon: 'camera', pattern: 'dots', border: '4,fff' },
  { icon: 'shopping-cart', text: '' },
  { icon: 'chart-scatter', text: 'Sales', fg: 'ff000080', align: 'bottom-left' },
];

t.test('a browser draws the SVG as we draw the PNG', async (t) => {
  const browser = await startChromium(t);
  const page = await browser.newPage();
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
  for (const options of PICTURES) {
    const svg = await draw({ ...options, format: 'svg' });
    await page.setContent(`<body style="margin:0;background:#fff">${svg}</body>`);
    const shot = await page.screenshot({ clip: { x: 0, y: 0, width: WIDTH, height: HEIGHT } });
    const png = await sharp(await draw(options))
      .flatten({ background: '#fff' })
      .png()
      .toBuffer();
    const off = distance(await pixelsOf(shot), await pixelsOf(png));
    t.ok(off < ALIKE, `${JSON.stringify(options)}: ${off.toFixed(2)} levels`);
  }
});
