import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import { parseImageUrl } from '../../src/dialects/image.ts';
import { cacheKey, canonicalOptions } from '../../src/options/cache-key.ts';
import { GROUPS, type OptionRows } from '../../src/options/option.ts';
import { isSpelled, OPTION_NAMES, OPTIONS } from '../../src/options/option-table.ts';
import { createPlaceholderValue, type Placeholder, type RenderOptions } from '../../src/options/options.ts';
import { DEFAULT_LIMITS } from '../../src/options/sizes.ts';
import type { OptionValues, ShorthandValues } from '../../src/options/values.ts';
import { render } from '../../src/render/render.ts';
import { VALUES } from '../fuzz/grammar.ts';
import { FUZZ_SEED } from '../helper/fuzz-seed.ts';

// What the compiler must refuse. `tsc` fails where one of these is no error any more.

// @ts-expect-error a value without a row
export const noRow: OptionRows<OptionValues & { glow: number }> = { ...OPTIONS };
// @ts-expect-error a shorthand without a row
export const noShorthand: OptionRows<OptionValues, ShorthandValues & { mood: string }> = { ...OPTIONS };
const { spell: _spell, ...unspelled } = OPTIONS.text;
// @ts-expect-error a row without its part of the cache key
export const noKey: OptionRows = { ...OPTIONS, text: unspelled };
// @ts-expect-error a row without a value
export const noValue: OptionRows = { ...OPTIONS, glow: OPTIONS.text };
const { spelledBy: _spelledBy, ...unbound } = OPTIONS.theme;
// @ts-expect-error a shorthand that does not say which options spell it
export const noPart: OptionRows = { ...OPTIONS, theme: unbound };

/** What a picture is made of that no row spells: nothing. */
type Unkeyed = Exclude<
  keyof Placeholder,
  keyof OptionValues | 'width' | 'height' | 'background' | 'foreground'
>;
export const allKeyed: [Unkeyed] extends [never] ? true : false = true;

const SIZE = { width: 600, height: 400 };

/** The picture that some options make; undefined where one of them is bad. */
function pictureOf(options: RenderOptions): Placeholder | undefined {
  try {
    return createPlaceholderValue(options);
  } catch {
    return undefined;
  }
}

const readQuery = (size: string, query: string): Placeholder =>
  createPlaceholderValue(parseImageUrl(`${size}?${query}`, DEFAULT_LIMITS).options);

const RUNS = 1500;

/** Small pictures that differ in one option, beside others that they share. */
const PAIRS = fc
  .tuple(
    fc.constantFrom(...OPTION_NAMES),
    fc.array(fc.constantFrom(...OPTION_NAMES), { maxLength: 4 }),
    fc.integer({ min: 1, max: 90 }),
    fc.integer({ min: 1, max: 90 }),
  )
  .chain(([name, others, width, height]) => {
    const shared = Object.fromEntries(others.map((one) => [one, VALUES[one]]));
    return fc
      .tuple(fc.record(shared), fc.option(VALUES[name], { nil: undefined }), VALUES[name])
      .map(([rest, one, other]) => {
        const base = { ...rest, width, height };
        return [
          { ...base, [name]: one },
          { ...base, [name]: other },
        ] as const;
      });
  });

t.test('two values have two keys, or draw the same bytes', async (t) => {
  t.comment(`seed ${FUZZ_SEED}`);
  let [sameKey, otherKey, drawn] = [0, 0, 0];
  const property = fc.asyncProperty(PAIRS, async ([first, second]) => {
    const [a, b] = [pictureOf(first), pictureOf(second)];
    if (!a || !b) return true;
    const isSame = isDeepStrictEqual(a, b);
    if (cacheKey(a) !== cacheKey(b)) {
      otherKey += 1;
      return !isSame;
    }
    sameKey += 1;
    if (isSame) return true;
    drawn += 1;
    return (await render(a)).equals(await render(b));
  });
  await fc.assert(property, { seed: FUZZ_SEED, numRuns: RUNS });
  t.comment(`${otherKey} pairs of two keys, ${sameKey} of one, ${drawn} of them drawn`);
  t.ok(otherKey > RUNS / 4 && sameKey > RUNS / 100, 'both were seen');
});

t.test('a canonical spelling is read as the picture that it was made from', async (t) => {
  t.comment(`seed ${FUZZ_SEED}`);
  let seen = 0;
  fc.assert(
    fc.property(PAIRS, ([, options]) => {
      const picture = pictureOf(options);
      if (!picture) return true;
      seen += 1;
      const { width, height, format } = picture;
      const again = readQuery(`${width}x${height}.${format}`, canonicalOptions(picture));
      return isDeepStrictEqual(again, picture) && cacheKey(again) === cacheKey(picture);
    }),
    { seed: FUZZ_SEED, numRuns: RUNS },
  );
  t.ok(seen > RUNS / 3, `${seen} pictures`);
});

t.test('what rows say is true', async (t) => {
  for (const name of OPTION_NAMES) {
    const { example, beside = '', otherwise, control, group, help } = OPTIONS[name];
    const without = cacheKey(readQuery('600x400', beside));
    const query = `${beside && `${beside}&`}${name}=${encodeURIComponent(example)}`;
    t.not(cacheKey(readQuery('600x400', query)), without, `${query} is another picture`);
    t.ok(GROUPS.includes(group) && help.length < 100, `${name} has a group and a short help`);
    if ('value' in otherwise) {
      const said = cacheKey(createPlaceholderValue({ ...SIZE, [name]: otherwise.value }));
      t.equal(said, '600.400.png', `${name}=${otherwise.value} is its default`);
    }
    // Text that is not free is one of many names.
    const values = control.kind === 'text' ? [example] : offers(control);
    const offered = values.map((value) => pictureOf({ ...SIZE, [name]: value }));
    t.ok(offered.every(Boolean), `${name} takes all that its control offers`);
    if (control.kind === 'integer' && !OPTIONS[name].isOpen) {
      for (const value of [control.min - 1, control.max + 1])
        t.equal(pictureOf({ ...SIZE, [name]: value }), undefined, `${name}=${value} is refused`);
    }
    const row = OPTIONS[name];
    if ('spelledBy' in row) t.ok(row.spelledBy.every(isSpelled), `${name} is spelled by others`);
  }
});

/** Formats whose pictures an option must change, each for one way to draw: shapes, indices, pixels. */
const DRAWN = ['svg', 'png', 'webp'];
/** Options that a scene hides, or that only some formats have. */
const UNDER_A_SCENE = new Set<string>(['scene', 'pattern', 'angle', 'theme', 'fluid']);
const OF_FORMATS: Readonly<Record<string, readonly string[]>> = { quality: ['webp'], fluid: ['svg'] };

t.test('the example of each option is seen in every way to draw', async (t) => {
  for (const name of OPTION_NAMES.filter((option) => option !== 'format')) {
    const { example, beside = '' } = OPTIONS[name];
    for (const format of OF_FORMATS[name] ?? DRAWN) {
      for (const scene of UNDER_A_SCENE.has(name) || beside.includes('scene') ? [''] : ['', 'scene=hills']) {
        const others = [beside.replace(/format=\w+/, ''), scene].filter(Boolean).join('&');
        const drawn = (query: string): Promise<Buffer> => render(readQuery(`300x200.${format}`, query));
        const [without, withIt] = await Promise.all([
          drawn(others),
          drawn(`${others}&${name}=${encodeURIComponent(example)}`),
        ]);
        t.notOk(without.equals(withIt), `${name}=${example} ${others} as ${format}`);
      }
    }
  }
});

/** Values that a form offers. */
function offers(control: (typeof OPTIONS)['text']['control']): (string | number)[] {
  if (control.kind === 'integer') return [control.min, control.min + control.step, control.max];
  if (control.kind === 'choice') return [...control.choices];
  if (control.kind === 'text') return ['a'.repeat(control.maxLength)];
  return control.kind === 'colour' ? ['ff0000'] : ['true', 'false'];
}
