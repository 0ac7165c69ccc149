import t from 'tap';
import { AVATAR, initialsOf } from '../../src/dialects/avatar.ts';
import type { MeantPicture } from '../../src/dialects/dialect.ts';
import { cacheKey } from '../../src/options/cache-key.ts';
import { formatColor } from '../../src/options/color.ts';
import { createPlaceholderValue, type Placeholder } from '../../src/options/options.ts';
import { DEFAULT_LIMITS } from '../../src/options/sizes.ts';

/** What a path and query after `/avatar` mean. */
function read(target: string): MeantPicture {
  const [path = '', query] = target.split(/\?(.*)/s);
  return AVATAR.read(
    { path, query },
    { limits: DEFAULT_LIMITS, accept: undefined, base: '' },
  ) as MeantPicture;
}

const pictureOf = (target: string): Placeholder => createPlaceholderValue(read(target).options);

t.test('initials', async (t) => {
  const table = [
    ['Ada', 'A'],
    ['ada lovelace', 'AL'],
    ['Ada King Lovelace', 'AL'],
    ['Ada+Lovelace', 'AL'],
    ['ada-lovelace', 'AL'],
    ['ada_lovelace', 'AL'],
    ['St.John', 'SJ'],
    ['ada.lovelace@example.org', 'AL'],
    ['@ada', 'A'],
    ['(Ada) "Lovelace"', 'AL'],
    ['  Ada  ', 'A'],
    ['Ada !', 'A'],
    ['élise', 'É'],
    ['e\u0301lise', 'É'],
    ['straße ßen', 'Sß'],
    ['3M', '3'],
    ['山田 太郎', '山太'],
    ['山田太郎', '山'],
    ['प्रिया शर्मा', 'प्रिश'],
    ['محمد علي', 'م\u00A0ع'],
    ['თამარ მეფე', 'თმ'],
    ['👩‍🚀 Sally', '👩‍🚀S'],
    ['🇫🇷', '🇫🇷'],
    ['---', ''],
    ['', ''],
  ] as const;
  for (const [name, initials] of table) t.equal(initialsOf(name), initials, name);
});

t.test('a square in the colours of the name', async (t) => {
  const ada = pictureOf('/128/Ada+Lovelace');
  t.match(ada, { width: 128, height: 128, text: 'AL', size: 51, format: 'png', scale: 1 });
  const colors = (target: string): string => pictureOf(target).background.colors.map(formatColor).join('-');
  t.equal(colors('/128/ADA%20LOVELACE'), colors('/64/ada-lovelace.svg'), 'one name, one colour');
  const many = ['Ada', 'Grace', 'Alan', 'Margaret', 'Linus', 'Barbara'].map((name) => colors(`/128/${name}`));
  t.equal(new Set(many).size, many.length, 'six names, six colours');
});

/** URLs, and what of the picture they say. */
const FORMS: readonly (readonly [target: string, expected: object])[] = [
  ['/128/St.John', { text: 'SJ', format: 'png' }],
  ['/128/St.John.webp', { text: 'SJ', format: 'webp' }],
  ['/128/Ada.PNG', { text: 'A', format: 'png' }],
  ['/128/Ada@2x', { scale: 2, text: 'A' }],
  ['/128/Ada@2x.jpg', { scale: 2, format: 'jpeg' }],
  ['/128/ada@example.org', { scale: 1, text: 'A' }],
  ['/128/Ada/fff/000@3x.gif', { scale: 3, format: 'gif', foreground: [0, 0, 0, 255] }],
  ['/128/Ada/tomato', { background: { colors: [[255, 99, 71, 255]] } }],
  ['/128/Ada?text=XYZ', { text: 'XYZ', size: undefined }],
  ['/128/Ada?text=', { text: '' }],
  ['/128/Ada?size=20&radius=50%25', { text: 'A', size: 20, radius: [64, 64, 64, 64] }],
  ['/128/Ada?theme=dark', { background: { colors: [[39, 39, 42, 255]] } }],
  ['/0128/Ada/', { width: 128 }],
  ['/2000/Ada', { size: undefined }],
  ['/1/Ada', { size: undefined }],
];

t.test('all other options are those of /image', async (t) => {
  for (const [target, expected] of FORMS) t.match(pictureOf(target), expected, target);
  t.not(cacheKey(pictureOf('/128/Ada?seed=a')), cacheKey(pictureOf('/128/Ada')), 'a seed of its own');
  t.match(read('/128/Ada.json?format=webp'), { kind: 'explanation', options: { format: 'webp' } });
  t.match(read('/128/Ada.auto?colour=red'), { kind: 'picture', byAccept: 'auto', ignored: ['colour'] });
});

const BAD: readonly (readonly [target: string, code: string, parameter: string, detail: RegExp])[] = [
  ['', 'invalid-size', 'size', /an integer from 1 to 2000, got nothing$/],
  ['/', 'invalid-size', 'size', /got nothing$/],
  ['/0/Ada', 'invalid-size', 'size', /got 0$/],
  ['/2001/Ada', 'invalid-size', 'size', /got 2001$/],
  ['/Ada', 'invalid-size', 'size', /got Ada; write \/avatar\/128\/Ada$/],
  ['/Ada%20L/64', 'invalid-size', 'size', /; write \/avatar\/64\/Ada%20L$/],
  ['/128x128/Ada', 'invalid-size', 'size', /; write 128$/],
  ['/128@2x/Ada', 'invalid-size', 'size', /; the scale follows the name: \/avatar\/128\/Ada@2x$/],
  ['/128', 'invalid-option', 'name', /; write \/avatar\/128\/Ada\+Lovelace$/],
  ['/128?name=Ada+Lovelace', 'invalid-option', 'name', /; write \/avatar\/128\/Ada%20Lovelace$/],
  ['/128?name=', 'invalid-option', 'name', /; write \/avatar\/128\/Ada\+Lovelace$/],
  ['/128/', 'invalid-option', 'name', /got nothing/],
  ['/128/%20', 'invalid-option', 'name', /got nothing/],
  ['/128/.png', 'invalid-option', 'name', /got nothing/],
  [`/128/${'a'.repeat(301)}`, 'invalid-option', 'name', /up to 300 characters/],
  ['/128/Ada/12345', 'invalid-color', 'bg', /must be a hex colour/],
  ['/128/Ada/fff.bmp', 'unsupported-format', 'format', /got bmp$/],
  ['/128/Ada/fff/000/f00', 'invalid-option', 'path', /\/avatar\/\{size\}\/\{name\}/],
  ['/128/Ada@9x', 'invalid-option', 'scale', /an integer from 1 to 4, got 9$/],
  ['/128/Ada?size=3', 'invalid-option', 'size', /an integer from 4 to 500, got 3$/],
];

t.test('bad ones say what is allowed', async (t) => {
  for (const [target, code, parameter, detail] of BAD)
    t.throws(
      () => pictureOf(target),
      { name: 'GreyboxError', code, parameter, message: detail },
      target.slice(0, 60),
    );
});

t.test('its own examples are read', async (t) => {
  for (const example of AVATAR.examples) t.ok(pictureOf(example).text.length > 0, example);
});
