import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import t from 'tap';
import { GreyboxError, type RenderOptions, renderPlaceholder } from '../src/index.ts';
import { createPlaceholderValue } from '../src/options/options.ts';
import { render } from '../src/render/render.ts';
import { isHeavy } from '../src/render/threads.ts';

// An editor offers the words that an option takes, and other strings are allowed all the same.
export const typed: RenderOptions = {
  width: 600,
  format: 'jpg',
  font: 'lora',
  weight: 'bold',
  align: 'top-left',
  pattern: 'dots',
  theme: 'ocean',
  lang: 'zh-hans',
  radius: '50%',
};
export const untyped: RenderOptions = {
  width: '600',
  format: String('png'),
  pattern: 'dots,red',
  radius: '1,2,3,4',
};
// @ts-expect-error a name that does not exist
export const misspelled: RenderOptions = { width: 600, colour: 'red' };
// @ts-expect-error no value of an option is an object
export const misgiven: RenderOptions = { width: 600, bg: { red: 1 } };
type Offered<Name extends keyof RenderOptions> = Extract<
  RenderOptions[Name],
  'lora' | 'jpg' | 'bold' | 'ocean'
>;
export const offered: [Offered<'font'>, Offered<'format'>, Offered<'weight'>, Offered<'theme'>] = [
  'lora',
  'jpg',
  'bold',
  'ocean',
];

t.test('draws what the service would, and says what it is', async (t) => {
  const table: readonly (readonly [
    options: RenderOptions,
    type: string,
    format: string,
    width: number,
    height: number,
  ])[] = [
    [{ width: 600, height: 400, format: 'webp', text: 'Hi' }, 'image/webp', 'webp', 600, 400],
    [{ width: 60 }, 'image/png', 'png', 60, 60],
    [{ width: '60', height: '040', scale: '2' }, 'image/png', 'png', 120, 80],
    [{ width: 60, height: 40, format: 'JPG', quality: 1 }, 'image/jpeg', 'jpeg', 60, 40],
    [{ width: 60, height: 40, format: 'svg', scale: 3 }, 'image/svg+xml', 'svg', 180, 120],
    [{ width: 60, height: 40, format: 'gif', bg: 'red,blue' }, 'image/gif', 'gif', 60, 40],
    [{ width: 60, height: 40, format: 'avif' }, 'image/avif', 'heif', 60, 40],
  ];
  for (const [options, type, format, width, height] of table) {
    const { body, ...rest } = await renderPlaceholder(options);
    t.type(body, Buffer);
    t.equal(body.buffer.byteLength, body.length, 'it keeps no more memory than its own');
    t.strictSame(rest, { contentType: type, width, height }, JSON.stringify(options));
    t.match(await sharp(body).metadata(), { format, width, height });
  }
});

t.test('heavy pictures are drawn in threads, and are the same', async (t) => {
  const table: readonly (readonly [options: RenderOptions, heavy: boolean])[] = [
    [{ width: 600, height: 400 }, false],
    [{ width: 2000, height: 2000, format: 'svg' }, false],
    [{ width: 1999, height: 2000, text: 'Big' }, true],
    [{ width: 300, height: 200, bg: 'red,blue' }, true],
    [{ width: 60, height: 40, scene: 'hills' }, true],
    [{ width: 600, height: 400, scene: 'hills', format: 'svg' }, true],
    [{ width: 600, height: 400, scene: 'hills', format: 'svg', text: '' }, false],
    [{ width: 300, height: 200, text: 'مرحبا 漢字 😀', radius: 20 }, true],
  ];
  for (const [options, heavy] of table) {
    const placeholder = createPlaceholderValue(options);
    t.equal(isHeavy(placeholder), heavy, JSON.stringify(options));
    const { body } = await renderPlaceholder(options);
    t.equal(Buffer.compare(body, await render(placeholder)), 0, 'the same bytes');
  }
});

t.test('few are drawn at a time, however many are asked for', async (t) => {
  let most = 0;
  const look = (): void => {
    const { queue, process } = sharp.counters();
    most = Math.max(most, queue + process);
  };
  const timer = setInterval(look);
  const pictures = Array.from({ length: 100 }, async (_, i) => {
    const { width } = await renderPlaceholder({ width: 300 + i, height: 300, format: 'jpeg' });
    look();
    return width;
  });
  t.same(
    await Promise.all(pictures),
    Array.from({ length: 100 }, (_, i) => 300 + i),
  );
  clearInterval(timer);
  // A cheap one may be drawn beside as many as there are cores.
  t.ok(most > 0 && most <= availableParallelism() + 1, `${most} at the most`);
});

t.test('bad options are rejections with the errors of URLs', async (t) => {
  const table: readonly (readonly [options: RenderOptions, error: object])[] = [
    [{ width: 0 }, { code: 'invalid-size', parameter: 'width', value: '0', status: 400 }],
    [
      { width: 6, bg: '12345' },
      { code: 'invalid-color', parameter: 'bg', value: '12345' },
    ],
    [
      { width: 6, text: '\uD800' },
      { code: 'invalid-option', parameter: 'text' },
    ],
    [
      { width: 6, format: 'bmp' },
      { code: 'unsupported-format', parameter: 'format', value: 'bmp' },
    ],
    [
      { width: 2000, scale: 4 },
      { code: 'invalid-size', parameter: 'size' },
    ],
  ];
  for (const [options, error] of table) {
    await t.rejects(renderPlaceholder(options), { name: 'GreyboxError', ...error }, JSON.stringify(options));
    await renderPlaceholder(options).catch((reason: unknown) => t.ok(reason instanceof GreyboxError));
  }
});

t.test('its errors say where the program called', async (t) => {
  const callsIt = () => renderPlaceholder({ width: 0 });
  const error = await callsIt().then(
    () => undefined,
    (reason: Error) => reason,
  );
  t.match(error?.stack, /^GreyboxError: width must be [^\n]*\n\s+at callsIt /);
  t.equal(
    new GreyboxError('invalid-size', 'x').stack?.includes('\n'),
    false,
    'answers to requests have no stack',
  );
});

t.test('what is no object of options is told so', async (t) => {
  const untyped = renderPlaceholder as (options?: unknown) => Promise<unknown>;
  for (const options of [undefined, null, 5, '600x400', () => ({})]) {
    const expected = { name: 'GreyboxError', code: 'invalid-option', parameter: 'options' };
    await t.rejects(untyped(options), expected, String(options));
  }
  await t.rejects(untyped({ width: 6, txt: 'Hi' }), {
    code: 'invalid-option',
    message: /did you mean text\?/,
  });
  for (const name of ['text', 'bg', 'font', 'radius', 'height']) {
    const huge = { width: 6, [name]: 'x'.repeat(2 ** 26) };
    await t.rejects(untyped(huge), { name: 'GreyboxError', parameter: name }, `a huge ${name}`);
  }
});

t.test('a caller may change what it was given', async (t) => {
  const options = { width: 60, height: 40 };
  const first = await renderPlaceholder(options);
  const before = Buffer.from(first.body);
  first.body.fill(0);
  t.equal(Buffer.compare((await renderPlaceholder(options)).body, before), 0);
});
