import t from 'tap';
import { placeLabel } from '../../src/label/label.ts';
import { worstContrast } from '../../src/options/contrast.ts';
import { createPlaceholderValue, type RenderOptions, readingOf } from '../../src/options/options.ts';
import { colorsUnderLabel } from '../../src/options/under-label.ts';
import { plateUnder } from '../../src/render/plate.ts';
import { sceneCanvas } from '../../src/render/scene-picture.ts';
import { SCENE_NAMES } from '../../src/scene/scenes.ts';
import { draw } from './draw.ts';

const SIZE = { width: 300, height: 200 };

t.test('a label on a scene can be read, wherever it stands', async (t) => {
  let plates = 0;
  for (const scene of SCENE_NAMES) {
    for (const align of ['center', 'top-left', 'bottom'] as const) {
      const picture = createPlaceholderValue({ ...SIZE, scene, align, seed: 'label', text: 'Label' });
      const under = colorsUnderLabel(readingOf(picture));
      t.ok(under.length > 0 && under.every(([, , , alpha]) => alpha === 255), `${scene}: colours under it`);
      const plate = plateUnder(picture, await placeLabel(picture));
      if (plate) plates += 1;
      else t.ok(worstContrast(picture.foreground, under) >= 3, `${scene} ${align} reads without a plate`);
    }
  }
  t.ok(plates > 0, 'where nothing reads, there is a plate');
});

t.test('the ink is chosen by what lies under the label, not by the whole picture', async (t) => {
  const luminance = (options: Partial<RenderOptions>): number => {
    const { foreground } = createPlaceholderValue({ ...SIZE, scene: 'waves', text: 'Sea', ...options });
    return foreground[0] + foreground[1] + foreground[2];
  };
  const bg = 'e0f2fe-0c1a2e';
  t.ok(luminance({ bg, align: 'top' }) < 380, 'dark before the light sky');
  t.ok(luminance({ bg, align: 'bottom' }) > 380, 'light before the dark sea');
});

t.test('a scene is drawn under label, border, pattern and round corners', async (t) => {
  const options = { ...SIZE, scene: 'hills', seed: 'a', text: '' };
  const alone = await draw(options);
  const scene = sceneCanvas(createPlaceholderValue(options));
  const pixel = scene?.pixels[100 * SIZE.width + 150] ?? 0;
  t.strictSame(alone.at(150, 100), [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, 255]);
  const framed = await draw({ ...options, radius: 40, border: '6,f00' });
  t.equal(framed.at(0, 0)[3], 0, 'corners are transparent');
  t.strictSame(framed.at(150, 2), [255, 0, 0, 255]);
  t.strictSame(framed.at(150, 100), alone.at(150, 100));
  const jpeg = await draw({ ...options, format: 'jpg', radius: 40 });
  t.ok(
    (jpeg.at(0, 0) as number[]).every((channel) => channel > 245),
    'on white where the format has no alpha',
  );
  const labelled = await draw({ ...options, text: '█', fg: '0f0', size: 60 });
  t.ok(
    (labelled.at(150, 100)[1] as number) > 200 && (labelled.at(150, 100)[0] as number) < 60,
    'ink lies on it',
  );
  t.strictSame(labelled.at(10, 10), alone.at(10, 10));
});

t.test('seed and colours of a scene are told apart, and are of no account without one', async (t) => {
  const at = async (options: Partial<RenderOptions>): Promise<string> => {
    const picture = await draw({ ...SIZE, text: '', ...options });
    return JSON.stringify([picture.at(10, 10), picture.at(150, 150), picture.at(280, 190)]);
  };
  t.not(await at({ scene: 'hills', seed: 'a' }), await at({ scene: 'hills', seed: 'b' }));
  t.not(await at({ scene: 'hills', seed: 'a' }), await at({ scene: 'hills', seed: 'a', bg: 'ccc' }));
  t.not(await at({ scene: 'hills', seed: 'a' }), await at({ scene: 'hills', seed: 'a', theme: 'ocean' }));
  t.equal(await at({ blur: 4, grayscale: '1', bg: 'tomato' }), await at({ bg: 'tomato' }));
  const grey = JSON.parse(await at({ scene: 'waves', grayscale: '' })) as number[][];
  t.ok(grey.every(([red, green, blue]) => red === green && green === blue));
});
