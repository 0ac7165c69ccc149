import t from 'tap';
import { encodeSmoothPng } from '../../src/render/smooth-png.ts';
import { depict, KEYWORDS } from '../../src/scene/keywords.ts';
import { drawScene, SCENE_NAMES } from '../../src/scene/scenes.ts';
import { drawingMarkup } from '../../src/scene/svg.ts';
import { distance, sceneOf, thumbnail } from './drawings.ts';

const SEEDS = ['1', '2', '3'];

t.test('a scene is a small file in PNG and SVG', async (t) => {
  const [width, height] = [1200, 630];
  for (const scene of SCENE_NAMES) {
    const sizes = SEEDS.slice(1).map((seed) => {
      const { defs, body } = drawingMarkup(drawScene({ scene, seed, width, height }), 's');
      const png = encodeSmoothPng(sceneOf(scene, seed, width, height).pixels, width, height, 1);
      return { png: png.length / (width * height), svg: defs.length + body.length };
    });
    const most = {
      png: Math.max(...sizes.map(({ png }) => png)),
      svg: Math.max(...sizes.map(({ svg }) => svg)),
    };
    t.ok(most.png <= 0.25, `${scene}: ${most.png.toFixed(3)} bytes a pixel as PNG`);
    t.ok(most.svg < 30_000, `${scene}: ${most.svg} bytes as SVG`);
  }
});

t.test('a thin strip takes hardly more work than another picture', async (t) => {
  const strips = [1, 2, 8, 33].flatMap((short): [number, number][] => [
    [2000, short],
    [short, 2000],
    [8192, short],
  ]);
  for (const scene of SCENE_NAMES) {
    const numbers = strips.map(([width, height]) => {
      const { shapes } = drawScene({ scene, seed: '1', width, height });
      return shapes.reduce((sum, { path }) => sum + path.data.length, 0);
    });
    t.ok(Math.max(...numbers) < 80_000, `${scene}: paths of ${Math.max(...numbers)} numbers`);
  }
});

t.test('each seed has its own picture, whatever the size', async (t) => {
  for (const scene of SCENE_NAMES) {
    const looks = SEEDS.map((seed) => thumbnail(sceneOf(scene, seed, 300, 200)));
    const neighbours = looks.slice(1).map((look, i) => distance(look, looks[i] as number[]));
    t.ok(
      Math.min(...neighbours) > 8,
      `${scene}: neighbours differ by ${Math.min(...neighbours).toFixed(1)} levels`,
    );
    const larger = thumbnail(sceneOf(scene, '1', 600, 400));
    t.ok(
      distance(looks[0] as number[], larger) < 4,
      `${scene}: the same seed is the same picture in another size`,
    );
  }
});

t.test('photographs with numbers for names differ', async (t) => {
  const looks = Array.from({ length: 30 }, (_, i) => {
    const { scene } = depict([], String(i));
    return { scene, look: thumbnail(sceneOf(scene, String(i), 120, 80)) };
  });
  const alike = looks.slice(1).filter(({ scene, look }, i) => {
    const before = looks[i] as (typeof looks)[number];
    return scene === before.scene && distance(look, before.look) < 15;
  });
  t.equal(alike.length, 0, 'no neighbours are alike');
  t.ok(new Set(looks.map(({ scene }) => scene)).size >= 6, 'they show many things');
});

t.test('given colours are what a scene is drawn in', async (t) => {
  for (const scene of SCENE_NAMES) {
    const [red, blue] = ['b91c1c', '1d4ed8'].map((bg) => thumbnail(sceneOf(scene, 'a', 160, 100, bg), 1, 1));
    const [r, , b] = red as number[];
    const [r2, , b2] = blue as number[];
    t.ok((r as number) > (b as number), `${scene} in red is red`);
    t.ok((b2 as number) > (r2 as number), `${scene} in blue is blue`);
    const four = sceneOf(scene, 'a', 160, 100, '7c3aed-f472b6-fde68a-1e1b4b');
    t.equal(four.pixels.length, 16_000, `${scene} in four colours`);
  }
});

t.test('any size and seed is a picture without a gap', async (t) => {
  const sizes = [
    [1, 1],
    [1, 2000],
    [2000, 1],
    [16, 16],
    [2000, 90],
    [90, 1400],
  ] as const;
  for (const scene of SCENE_NAMES) {
    for (const [width, height] of sizes) {
      const { pixels } = sceneOf(scene, '\u0000 ünïcode 漢字', width, height);
      const isWhole = pixels.length === width * height && pixels.every((pixel) => pixel >>> 24 === 255);
      t.ok(isWhole, `${scene} ${width}×${height}`);
    }
  }
});

t.test('grey is grey, and as light as it was', async (t) => {
  const drawing = drawScene({ scene: 'waves', seed: 'a', width: 60, height: 40, grayscale: true });
  const colors = drawing.backdrop
    .concat(drawing.shapes.map(({ paint }) => paint))
    .flatMap((paint) => (paint.kind === 'flat' ? [paint.color] : paint.stops.map(([, color]) => color)));
  t.ok(colors.length > 20);
  t.ok(colors.every(([red, green, blue]) => red === green && green === blue));
});

t.test('keywords are drawn as what they name', async (t) => {
  t.equal(depict(['Kitten'], '').scene, 'cat');
  t.equal(depict(['nothing-known', 'food'], '').scene, 'food');
  t.match(depict(['night'], ''), { scene: 'skyline', bg: /-/ });
  t.ok(SCENE_NAMES.includes(depict([], 'a').scene));
  t.strictSame(depict([], 'a'), depict(['unknown'], 'a'));
  for (const category of ['nature', 'city', 'food', 'people', 'technology', 'animals', 'abstract'])
    t.ok(KEYWORDS.has(category), category);
});
