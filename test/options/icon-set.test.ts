import t from 'tap';
import { createCanvas, loadImage, Path2D } from '../../src/label/canvas.ts';
import { cacheKey } from '../../src/options/cache-key.ts';
import { ICON_BOX, ICON_STROKE, iconNames, iconPaths, readIcon } from '../../src/options/icon-set.ts';
import { createPlaceholderValue } from '../../src/options/options.ts';

const SIDE = 48;
type Context = ReturnType<ReturnType<typeof createCanvas>['getContext']>;

/** The ink of what is drawn in a box of 24 × 24. */
function alphaOf(paint: (context: Context) => void): number[] {
  const context = createCanvas(SIDE, SIDE).getContext('2d');
  context.scale(SIDE / ICON_BOX, SIDE / ICON_BOX);
  paint(context);
  return Array.from(context.getImageData(0, 0, SIDE, SIDE).data).filter((_, i) => i % 4 === 3);
}

function drawn(name: string): number[] {
  return alphaOf((context) => {
    context.lineWidth = ICON_STROKE;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const { data, isFilled, isStroked, rule } of iconPaths(name)) {
      if (isFilled) context.fill(new Path2D(data), rule);
      if (isStroked) context.stroke(new Path2D(data));
    }
  });
}

t.test('every icon of the set is read', async (t) => {
  const names = iconNames();
  t.ok(names.length > 1900, `${names.length} names`);
  const broken = names.filter((name) => {
    const paths = iconPaths(readIcon(name, 'icon'));
    return (
      paths.length === 0 ||
      paths.some(({ data }) => !/^[Mm][\s\d.,+\-a-zA-Z]+$/.test(data) || /NaN/.test(data))
    );
  });
  t.strictSame(broken, []);
});

/** Elements of each kind, and the same as a picture that another reader of SVG draws. */
const SHAPES: Readonly<Record<string, string>> = {
  camera:
    '<path d="M13.997 4a2 2 0 0 1 1.76 1.05l.486.9A2 2 0 0 0 18.003 7H20a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2h1.997a2 2 0 0 0 1.759-1.048l.489-.904A2 2 0 0 1 10.004 4z"/><circle cx="12" cy="13" r="3"/>',
  image:
    '<rect width="18" height="18" x="3" y="3" rx="2" ry="2"/><circle cx="9" cy="9" r="2"/><path d="m21 15l-3.086-3.086a2 2 0 0 0-2.828 0L6 21"/>',
  database:
    '<ellipse cx="12" cy="5" rx="9" ry="3"/><path d="M3 5v14a9 3 0 0 0 18 0V5"/><path d="M3 12a9 3 0 0 0 18 0"/>',
};

t.test('circles, ellipses and rectangles are the paths that they stand for', async (t) => {
  for (const [name, elements] of Object.entries(SHAPES)) {
    const lines = `fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 24 24"><g ${lines}>${elements}</g></svg>`;
    const picture = await loadImage(Buffer.from(svg));
    const expected = alphaOf((context) => context.drawImage(picture, 0, 0, ICON_BOX, ICON_BOX));
    const off = drawn(name).reduce((sum, alpha, i) => sum + Math.abs(alpha - (expected[i] as number)), 0);
    t.ok(off / SIDE ** 2 < 6, `${name}: ${(off / SIDE ** 2).toFixed(2)} levels`);
  }
});

t.test('names in any case and those of before mean one icon', async (t) => {
  const key = (icon: string): string => cacheKey(createPlaceholderValue({ width: 10, icon }));
  t.equal(key(' Camera '), key('camera'));
  t.equal(key('activity-square'), key('square-activity'));
  t.not(key('camera'), key('image'));
});

t.test('an unknown name is an error that names what was meant', async (t) => {
  const HINTS = [
    ['cart', /did you mean shopping-cart\?/],
    ['camrea', /did you mean camera\?/],
    ['shoping-cart', /did you mean shopping-cart\?/],
    ['constructor', /icon must be the name of an icon/],
    ['icons', /icon must be/],
    ['', /got nothing/],
    ['../camera', /icon must be/],
    ['"', /icon must be/],
    ['x'.repeat(5000), /icon must be/],
  ] as const;
  for (const [icon, message] of HINTS)
    t.throws(() => createPlaceholderValue({ width: 10, icon }), {
      code: 'invalid-option',
      parameter: 'icon',
      message,
    });
});
