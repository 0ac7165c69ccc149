import t, { type Test } from 'tap';
import { parseImageUrl } from '../../src/dialects/image.ts';
import { SHOWN_OPTIONS } from '../../src/options/option-table.ts';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { DEFAULT_LIMITS } from '../../src/options/sizes.ts';

interface Refusal {
  readonly code: string;
  readonly parameter: string;
  readonly value: string;
  /** What the detail must say is allowed. */
  readonly allowed: RegExp;
}

const SIDE = /must be an integer from 1 to 2000, got /;
const COLOR = /must be a hex colour of 3, 4, 6 or 8 digits, a CSS colour name or transparent/;
const FORMAT = /must be one of png, jpeg, jpg, webp, avif, gif, svg, auto, json, got /;
const TEXT = /must be up to 300 characters in at most 20 lines, without control characters, got /;
const ONCE = /must be given once, got /;
const RADIUS =
  /must be a number of px from 0 to 2000, or a percentage from 0% to 100%, or four of them joined by ,, got /;
const BORDER = /must be px from 0 to 999, or px,colour, got /;
const integer = (from: number, to: number): RegExp =>
  new RegExp(`must be an integer from ${from} to ${to}, got `);

/** What stands after `/image/`: code, parameter, value, and what the detail says. */
const BAD: readonly (readonly [
  target: string,
  code: string,
  parameter: string,
  value: string,
  allowed: RegExp,
])[] = [
  ['2001', 'invalid-size', 'width', '2001', SIDE],
  ['600x0', 'invalid-size', 'height', '0', SIDE],
  ['4k', 'invalid-size', 'width', '3840', /from 1 to 2000, got 3840 \(4k\)/],
  ['4K@2x', 'invalid-size', 'width', '3840', /\(4k\)/],
  ['qhd', 'invalid-size', 'width', '2560', /\(qhd\)/],
  ['16:9x4:3', 'invalid-size', 'width', '16:9', SIDE],
  ['16:9', 'invalid-size', 'width', '16:9', SIDE],
  ['2000x1:2', 'invalid-size', 'height', '4000', /got 4000 \(2000x1:2\)/],
  ['16:9x2000', 'invalid-size', 'width', '3556', /\(16:9x2000\)/],
  ['1x9999:1', 'invalid-size', 'height', '0', SIDE],
  ['640x0:9', 'invalid-size', 'height', '0:9', SIDE],
  ['640x16:0', 'invalid-size', 'height', '16:0', SIDE],
  ['640x16:9:1', 'invalid-size', 'height', '16:9:1', SIDE],
  ['640x:9', 'invalid-size', 'height', ':9', SIDE],
  ['nothing', 'invalid-size', 'size', 'nothing', /a ratio such as 640x16:9, or a named size/],
  ['constructor', 'invalid-size', 'size', 'constructor', /named size/],
  [
    '2000x2000@3x',
    'invalid-size',
    'size',
    '2000x2000@3x',
    /at most 16000000 pixels after scaling, got 36000000/,
  ],
  ['2000x1001@3x', 'invalid-size', 'size', '2000x1001@3x', /at most 16000000 pixels/],
  ['600x400@5x', 'invalid-option', 'scale', '5', integer(1, 4)],
  ['600x400@0x', 'invalid-option', 'scale', '0', integer(1, 4)],
  ['600x400@x', 'invalid-option', 'scale', '', integer(1, 4)],
  ['600x400@1.5x', 'invalid-option', 'scale', '1.5', integer(1, 4)],
  ['600x400@-1x', 'invalid-option', 'scale', '-1', integer(1, 4)],
  ['600x400?scale=9', 'invalid-option', 'scale', '9', integer(1, 4)],
  ['600x400@2x?scale=9', 'invalid-option', 'scale', '9', integer(1, 4)],
  ['600x400?scale=1e0', 'invalid-option', 'scale', '1e0', integer(1, 4)],
  ['600x400/12345', 'invalid-color', 'bg', '12345', COLOR],
  ['600x400/12', 'invalid-color', 'bg', '12', COLOR],
  ['600x400/1234567', 'invalid-color', 'bg', '1234567', COLOR],
  ['600x400/123456789', 'invalid-color', 'bg', '123456789', COLOR],
  ['600x400/ggg', 'invalid-color', 'bg', 'ggg', COLOR],
  ['600x400/%23%23fff', 'invalid-color', 'bg', '##fff', COLOR],
  ['600x400/toString', 'invalid-color', 'bg', 'toString', COLOR],
  ['600x400/fff,256', 'invalid-color', 'bg', 'fff,256', COLOR],
  ['600x400/fff,', 'invalid-color', 'bg', 'fff,', COLOR],
  ['600x400/fff,-1', 'invalid-color', 'bg', 'fff,', COLOR],
  ['600x400/fff,1,1', 'invalid-color', 'bg', 'fff,1,1', COLOR],
  ['600x400//fff', 'invalid-color', 'bg', '', COLOR],
  ['600x400/fff/red-blue', 'invalid-color', 'fg', 'red-blue', COLOR],
  ['600x400/fff/12345', 'invalid-color', 'fg', '12345', COLOR],
  ['600x400?bg=', 'invalid-color', 'bg', '', COLOR],
  ['600x400?bg=red-', 'invalid-color', 'bg', '', COLOR],
  ['600x400?bg=,red', 'invalid-color', 'bg', '', COLOR],
  ['600x400?bg=red,12345', 'invalid-color', 'bg', '12345', COLOR],
  ['600x400?bg=a-b-c-d-e', 'invalid-color', 'bg', 'a-b-c-d-e', /a colour or a gradient of 2 to 4/],
  ['600x400?fg=red,blue', 'invalid-color', 'fg', 'red,blue', COLOR],
  ['600x400?fg=ff0000,128', 'invalid-color', 'fg', 'ff0000,128', COLOR],
  ['600x400/fff?bg=12345', 'invalid-color', 'bg', '12345', COLOR],
  ['600x400/fff/000?fg=12345', 'invalid-color', 'fg', '12345', COLOR],
  ['600x400?angle=361', 'invalid-option', 'angle', '361', integer(0, 360)],
  ['600x400?angle=-1', 'invalid-option', 'angle', '-1', integer(0, 360)],
  ['600x400?font=comic-sans', 'invalid-option', 'font', 'comic-sans', /one of inter, lato, lora,/],
  ['600x400?font=', 'invalid-option', 'font', '', /got nothing/],
  ['600x400?font=__proto__', 'invalid-option', 'font', '__proto__', /one of inter/],
  ['600x400?weight=99', 'invalid-option', 'weight', '99', /an integer from 100 to 900 or bold/],
  ['600x400?weight=901', 'invalid-option', 'weight', '901', /an integer from 100 to 900 or bold/],
  ['600x400?weight=bolder', 'invalid-option', 'weight', 'bolder', /or bold/],
  ['600x400?size=0', 'invalid-option', 'size', '0', integer(4, 500)],
  ['600x400?size=3', 'invalid-option', 'size', '3', integer(4, 500)],
  ['600x400?size=501', 'invalid-option', 'size', '501', integer(4, 500)],
  ['600x400?size=12px', 'invalid-option', 'size', '12px', /got 12px; write 12$/],
  ['600x400?size=1px', 'invalid-option', 'size', '1px', /got 1px$/],
  ['600x400?angle=45deg', 'invalid-option', 'angle', '45deg', /got 45deg; write 45$/],
  ['600x400?scale=2x', 'invalid-option', 'scale', '2x', /got 2x; write 2$/],
  ['600x400?radius=10px', 'invalid-option', 'radius', '10px', /got 10px; write 10$/],
  ['600x400?radius=1px,2px,3px,4px', 'invalid-option', 'radius', '1px,2px,3px,4px', /; write 1,2,3,4$/],
  ['600x400?border=2px,red', 'invalid-option', 'border', '2px,red', /got 2px,red; write 2,red$/],
  ['600x400.bmp', 'unsupported-format', 'format', 'bmp', FORMAT],
  ['600x400/fff.nope', 'unsupported-format', 'format', 'nope', FORMAT],
  ['600x400.', 'unsupported-format', 'format', '', FORMAT],
  ['600x400?format=bmp', 'unsupported-format', 'format', 'bmp', FORMAT],
  ['600x400.png?format=bmp', 'unsupported-format', 'format', 'bmp', FORMAT],
  ['600x400?quality=0', 'invalid-option', 'quality', '0', integer(1, 100)],
  ['600x400.png?quality=101', 'invalid-option', 'quality', '101', integer(1, 100)],
  ['600x400?radius=-1', 'invalid-option', 'radius', '-1', RADIUS],
  ['600x400?radius=101%25', 'invalid-option', 'radius', '101%', RADIUS],
  ['600x400?radius=2001', 'invalid-option', 'radius', '2001', RADIUS],
  ['600x400?radius=1e1', 'invalid-option', 'radius', '1e1', RADIUS],
  ['600x400?border=-1', 'invalid-option', 'border', '-1', BORDER],
  ['600x400?border=1000', 'invalid-option', 'border', '1000', BORDER],
  ['600x400?border=red', 'invalid-option', 'border', 'red', BORDER],
  ['600x400?border=3,', 'invalid-color', 'border', '', COLOR],
  ['600x400?border=3,12345', 'invalid-color', 'border', '12345', COLOR],
  ['600x400?border=0,12345', 'invalid-color', 'border', '12345', COLOR],
  [
    '600x400?pattern=zigzag',
    'invalid-option',
    'pattern',
    'zigzag',
    /none, cross, grid, checker, stripes, dots/,
  ],
  ['600x400?theme=none', 'invalid-option', 'theme', 'none', /one of gray, social, .*, plum, got none/],
  ['600x400/red?theme=nope', 'invalid-option', 'theme', 'nope', /one of gray/],
  [
    `600x400?text=${'a'.repeat(301)}`,
    'invalid-option',
    'text',
    `${'a'.repeat(100)}…`,
    /\(more than 300 characters\)/,
  ],
  [`600x400?text=${'%F0%9F%98%80'.repeat(301)}`, 'invalid-option', 'text', `${'😀'.repeat(50)}…`, TEXT],
  [
    `1999x2000?text=${'{ratio}'.repeat(42)}`,
    'invalid-option',
    'text',
    `${'{ratio}'.repeat(15).slice(0, 100)}…`,
    /\(more than 300 characters\)/,
  ],
  [`600x400?text=${'a%0A'.repeat(20)}`, 'invalid-option', 'text', 'a\uFFFD'.repeat(20), /\(21 lines\)/],
  [`600x400?text=${'\\n'.repeat(20)}`, 'invalid-option', 'text', '\\n'.repeat(20), /\(21 lines\)/],
  [
    '600x400?text=a%00b',
    'invalid-option',
    'text',
    'a\uFFFDb',
    /a control character or half of a surrogate pair/,
  ],
  ['600x400?text=%1B[31m', 'invalid-option', 'text', '\uFFFD[31m', TEXT],
  ['600x400?text=%C2%85', 'invalid-option', 'text', '\uFFFD', TEXT],
  ['600x400?text=%EF%BF%BF', 'invalid-option', 'text', '\uFFFD', TEXT],
  ['600x400?text=a&text=b', 'invalid-option', 'text', 'a and b', ONCE],
  ['600x400?bg=red&bg=blue', 'invalid-option', 'bg', 'red and blue', ONCE],
  ['600x400/red?size=4&size=5', 'invalid-option', 'size', '4 and 5', ONCE],
  [
    '600x400?seed=%00&seed=%01',
    'invalid-option',
    'seed',
    '\uFFFD and \uFFFD',
    /once, got \uFFFD and \uFFFD$/,
  ],
  ['600x400/a/b/c', 'invalid-option', 'path', '600x400/a/b/c', /\{size\}\/\{background\}\/\{foreground\}/],
  ['%zz', 'invalid-size', 'size', '%zz', /; a percent sign begins an escape of two hex digits/],
  ['600x400/%ff', 'invalid-color', 'bg', '%ff', COLOR],
];

/** What people write who mean something else, and what the error tells them to write. */
const MEANT: readonly (readonly [target: string, code: string, parameter: string, hint: RegExp])[] = [
  ['600x400.png@2x', 'invalid-option', 'scale', /before the extension, got .png@2x; write 600x400@2x.png$/],
  ['600x400/fff.webp@3X', 'invalid-option', 'scale', /; write fff@3X.webp$/],
  ['600x400@2', 'invalid-option', 'scale', /@2x, @3x or @4x, got @2; write @2x$/],
  ['600x400/fff/000@3.png', 'invalid-option', 'scale', /got @3; write @3x$/],
  ['600x400@', 'invalid-option', 'scale', /got @; write @2x$/],
  [
    '600x400/fff@2x/000',
    'invalid-option',
    'scale',
    /after the size or at the end, got fff@2x; write fff here/,
  ],
  ['600x400@2x/fff@3x', 'invalid-option', 'scale', /must be given once, got 2 and 3$/],
  ['600x400.webp/fff.png', 'invalid-option', 'format', /must be given once, got webp and png$/],
  ['600*400', 'invalid-size', 'width', /; write 600x400$/],
  ['600,400', 'invalid-size', 'width', /; write 600x400$/],
  ['600-400', 'invalid-size', 'width', /; write 600x400$/],
  ['600_400', 'invalid-size', 'width', /; write 600x400$/],
  ['600by400', 'invalid-size', 'width', /; write 600x400$/],
  ['600%20x%20400', 'invalid-size', 'width', /; write 600x400$/],
  ['600%D1%85400', 'invalid-size', 'width', /; write 600x400$/],
  ['600x400px', 'invalid-size', 'size', /; write 600x400$/],
  ['600pxx400px', 'invalid-size', 'size', /; write 600x400$/],
  ['1px', 'invalid-size', 'width', /got 1px; write 1$/],
  ['16:9', 'invalid-size', 'width', /; a ratio is of one side: write 640x16:9 or 16:9x360$/],
  ['leaderbord', 'invalid-size', 'size', /; did you mean leaderboard\?$/],
  ['ff0000/600x400', 'invalid-size', 'size', /; write 600x400\/ff0000$/],
  ['red/600x400.png', 'invalid-size', 'size', /; write 600x400\/red$/],
  ['image/600x400', 'invalid-size', 'size', /; write 600x400 alone$/],
  ['/600x400', 'invalid-size', 'size', /; write 600x400 alone$/],
  ['600/40', 'invalid-color', 'bg', /; for a size write 600x40$/],
  ['300&text=Moving', 'invalid-size', 'size', /; write \/image\/300\?text=Moving$/],
  ['300%26text%3DMoving', 'invalid-size', 'size', /; write \/image\/300\?text=Moving$/],
  ['300%3Ftext=Moving', 'invalid-size', 'size', /; write \/image\/300\?text=Moving$/],
  ['300.png&text=A&amp;bg=red', 'invalid-size', 'size', /; write \/image\/300.png\?text=A&bg=red$/],
  ['300/fff/000&text=A', 'invalid-color', 'fg', /; write \/image\/300\/fff\/000\?text=A$/],
  ['300?bg=', 'invalid-color', 'bg', /got nothing; .*write %23, or leave # out$/],
  ['300?border=2,', 'invalid-color', 'border', /write %23, or leave # out$/],
  ['300?bg=rgb(1,2,3)', 'invalid-color', 'bg', /got rgb\(1,2,3\); write 010203$/],
  ['300?fg=rgba(255,0,0,.5)', 'invalid-color', 'fg', /; write ff000080$/],
  ['300?fg=RGB(255+0+0+/+50%25)', 'invalid-color', 'fg', /; write ff000080$/],
  ['300/rgb(1,2,3)', 'invalid-color', 'bg', /; write 010203$/],
  ['300?bg=hsl(120,50%25,50%25)', 'invalid-color', 'bg', /; write it as hex, such as ff0000$/],
  ['300?bg=0xff0000', 'invalid-color', 'bg', /; write ff0000$/],
  ['300?bg=tomatoe', 'invalid-color', 'bg', /; did you mean tomato\?$/],
  ['300?font=robotto', 'invalid-option', 'font', /; did you mean roboto\?$/],
  ['300?align=centre', 'invalid-option', 'align', /; did you mean center\?$/],
  ['300.jpge', 'unsupported-format', 'format', /; did you mean jpeg\?$/],
  ['600px400', 'invalid-size', 'width', /; write 600x400$/],
  ['60px40', 'invalid-size', 'width', /; write 60x40$/],
  ['placehold.co/600x400', 'invalid-size', 'size', /got placehold\.co; write 600x400 alone$/],
  ['via.placeholder.com/300', 'invalid-size', 'size', /got via\.placeholder\.com$/],
  ['placehold.co/9999x1', 'invalid-size', 'size', /got placehold\.co$/],
  ['300/placehold.co', 'invalid-color', 'bg', /got placehold\.co$/],
  ['300/fff/placehold.co', 'invalid-color', 'fg', /got placehold\.co$/],
  ['300/red-blue.bmp', 'unsupported-format', 'format', /got bmp$/],
  ['og.bmp', 'unsupported-format', 'format', /got bmp$/],
  ['300?bg=none', 'invalid-color', 'bg', /got none; write transparent$/],
  ['300?fg=transparant', 'invalid-color', 'fg', /; did you mean transparent\?$/],
  ['300?bg=auto', 'invalid-color', 'bg', /; leave bg out$/],
  ['300?bg=light-blue', 'invalid-color', 'bg', /got light-blue; did you mean lightblue\?$/],
  ['300/light-blue', 'invalid-color', 'bg', /; did you mean lightblue\?$/],
  ['300?bg=255,0,0', 'invalid-color', 'bg', /; write ff0000$/],
  ['300/255,0,0', 'invalid-color', 'bg', /; write ff0000$/],
  ['300?bg=%2523fff', 'invalid-color', 'bg', /got %23fff; write fff$/],
  ['300?bg=red+blue', 'invalid-color', 'bg', /; write red-blue$/],
  ['300?bg=linear-gradient(45deg,%23f00,blue)', 'invalid-color', 'bg', /; write f00-blue and angle=45$/],
  ['300?format=image/svg%2Bxml', 'unsupported-format', 'format', /; write svg$/],
  ['300?format=png24', 'unsupported-format', 'format', /; write png$/],
  ['300?align=middle', 'invalid-option', 'align', /; write center$/],
  ['300?align=left-top', 'invalid-option', 'align', /; write top-left$/],
  ['300?align=flex-end', 'invalid-option', 'align', /; write right$/],
  ['300?align=middle+left', 'invalid-option', 'align', /; write left$/],
  ['300?align=southeast', 'invalid-option', 'align', /; write bottom-right$/],
  ['300?lang=zh-CN', 'invalid-option', 'lang', /; write zh-hans$/],
  ['300?lang=zh_TW', 'invalid-option', 'lang', /; write zh-hant$/],
  ['300?lang=zh-Hant-HK', 'invalid-option', 'lang', /; write zh-hant$/],
  ['300?lang=ja-JP', 'invalid-option', 'lang', /; write ja$/],
  ['300?lang=kr', 'invalid-option', 'lang', /; write ko$/],
  ['300?lang=ar', 'invalid-option', 'lang', /got ar; leave lang out$/],
  ['300?weight=normal', 'invalid-option', 'weight', /; write 400$/],
  ['300?weight=semi-bold', 'invalid-option', 'weight', /; write 600$/],
  ['300?weight=bolder', 'invalid-option', 'weight', /; write bold$/],
  ['300?font=Inter,+sans-serif', 'invalid-option', 'font', /; write inter$/],
  ['300?font=%22Open+Sans%22', 'invalid-option', 'font', /; (?:write|did you mean) open-sans\??$/],
  ['300?font=serif', 'invalid-option', 'font', /; write lora$/],
  ['300?font=Roboto+Bold', 'invalid-option', 'font', /; write roboto$/],
  ['300?size=auto', 'invalid-option', 'size', /; leave size out$/],
  ['300?padding=none', 'invalid-option', 'padding', /; write 0$/],
  ['300?padding=8.0', 'invalid-option', 'padding', /; write 8$/],
  ['300?radius=full', 'invalid-option', 'radius', /; write 50%$/],
  ['300?radius=9999px', 'invalid-option', 'radius', /; write 50%$/],
  ['300?radius=10px+20px', 'invalid-option', 'radius', /; write 10,20,10,20$/],
  ['300?radius=1,2,3', 'invalid-option', 'radius', /; write 1,2,3,2$/],
  ['300?border=1px+solid+red', 'invalid-option', 'border', /; write 1,red$/],
  ['300?border=red', 'invalid-option', 'border', /; write 1,red$/],
  ['300?border=none', 'invalid-option', 'border', /; write 0$/],
  ['300?pattern=dots-red', 'invalid-option', 'pattern', /; write dots,red$/],
  ['300?pattern=red,dots', 'invalid-option', 'pattern', /; write dots,red$/],
  ['300?scene=none', 'invalid-option', 'scene', /; leave scene out$/],
  ['300?theme=default', 'invalid-option', 'theme', /; leave theme out$/],
  ['300?icon=lucide-camera', 'invalid-option', 'icon', /; write camera$/],
  ['300?icon=gear', 'invalid-option', 'icon', /; write settings$/],
  ['300?quality=80%25', 'invalid-option', 'quality', /; write 80$/],
  ['300?scale=@2x', 'invalid-option', 'scale', /; write 2$/],
  ['300?angle=-45', 'invalid-option', 'angle', /; write 315$/],
  ['300?angle=0.25turn', 'invalid-option', 'angle', /; write 90$/],
  ['300?angle=to+bottom+right', 'invalid-option', 'angle', /; write 135$/],
];

t.test('a slip is told what to write instead', async (t) => {
  for (const [target, code, parameter, hint] of MEANT) {
    const make = () => createPlaceholderValue(parseImageUrl(target, DEFAULT_LIMITS).options, DEFAULT_LIMITS);
    t.match(refusal(make), { name: 'GreyboxError', code, parameter, detail: hint }, target);
  }
});

t.test('what an error tells to write is taken', async (t) => {
  const make = (target: string) => createPlaceholderValue(parseImageUrl(target, DEFAULT_LIMITS).options);
  let tried = 0;
  for (const [target, , parameter, hint] of MEANT) {
    const [, value] =
      /; write ([^\s/]+)(?: and .*)?$/.exec(String(refusal(() => make(target))['detail'])) ?? [];
    if (!target.includes('?') || target.includes('&') || value === undefined) continue;
    tried++;
    t.doesNotThrow(() => make(`300?${parameter}=${encodeURIComponent(value)}`), `${target} ${hint}`);
  }
  t.ok(tried > 40);
});

t.test('what every object has is no value', async (t) => {
  const inherited = Object.getOwnPropertyNames(Object.prototype);
  // Any text is a label or a seed.
  const strict = SHOWN_OPTIONS.filter((name) => name !== 'text' && name !== 'seed');
  for (const value of inherited) {
    for (const name of strict) {
      const make = () =>
        createPlaceholderValue(parseImageUrl(`6x4?${name}=${value}`, DEFAULT_LIMITS).options);
      t.match(refusal(make), { name: 'GreyboxError' }, `${name}=${value}`);
    }
  }
});

t.test('what is no slip is told nothing', async (t) => {
  for (const target of [
    '2001',
    '600x2001',
    '0x400',
    '1.5x400',
    'nothing',
    '300?bg=12345',
    '300?font=comic-sans',
    '300?align=justify',
    '300?size=2em',
    '300?size=600',
    '300?padding=10%25',
    '300?padding=-1',
    '300?quality=0',
    '300?border=red,blue',
    '300?weight=950',
    '300?bg=red,zzz',
    '8k',
    'width=600&height=400',
  ])
    t.notMatch(
      refusal(() => createPlaceholderValue(parseImageUrl(target, DEFAULT_LIMITS).options)),
      { detail: /;/ },
      target,
    );
});

t.test('an error knows the size that was asked for', async (t) => {
  const table = [
    ['60x40/12345', { width: 60, height: 40, scale: 1 }],
    ['60x40@2x?size=0', { width: 60, height: 40, scale: 2 }],
    ['60x40/fff/000@3x.bmp', { width: 60, height: 40, scale: 3 }],
    ['og@9x', { width: 1200, height: 630, scale: 1 }],
    ['60x40.png@2x', { width: 60, height: 40, scale: 2 }],
    ['0x40', undefined],
  ] as const;
  for (const [target, asked] of table) {
    const make = () => createPlaceholderValue(parseImageUrl(target, DEFAULT_LIMITS).options);
    t.strictSame(refusal(make)['asked'], asked, target);
  }
});

function refusal(make: () => unknown): Record<string, unknown> {
  try {
    make();
    return { code: 'none' };
  } catch (error) {
    return { ...(error as object), name: (error as Error).name, detail: (error as Error).message };
  }
}

function check(
  t: Test,
  what: string,
  make: () => unknown,
  { code, parameter, value, allowed }: Refusal,
): void {
  const found = refusal(make);
  const { name, status, detail, ...rest } = found;
  t.match(rest, { code, parameter, value }, what);
  t.same([name, status], ['GreyboxError', 400], what);
  t.match(detail, allowed, `${what}: what is allowed`);
}

t.test('every bad value names itself, its parameter and what is allowed', async (t) => {
  for (const [target, code, parameter, value, allowed] of BAD) {
    const make = () => createPlaceholderValue(parseImageUrl(target, DEFAULT_LIMITS).options, DEFAULT_LIMITS);
    check(t, target.slice(0, 60), make, { code, parameter, value, allowed });
  }
});

/** Options as a program gives them. */
const BAD_OPTIONS: readonly (readonly [options: object, ...refusal: [string, string, string, RegExp]])[] = [
  [{}, 'invalid-size', 'width', 'nothing', SIDE],
  [{ width: 0 }, 'invalid-size', 'width', '0', SIDE],
  [{ width: 1.5 }, 'invalid-size', 'width', '1.5', SIDE],
  [{ width: Number.NaN }, 'invalid-size', 'width', 'NaN', SIDE],
  [{ width: Number.POSITIVE_INFINITY }, 'invalid-size', 'width', 'Infinity', SIDE],
  [{ width: null }, 'invalid-size', 'width', 'null', /a string or a number, got null/],
  [{ width: 600, height: -1 }, 'invalid-size', 'height', '-1', SIDE],
  [{ width: 2000, scale: 3 }, 'invalid-size', 'size', '2000x2000@3x', /16000000 pixels/],
  [{ width: 6, scale: 2.5 }, 'invalid-option', 'scale', '2.5', integer(1, 4)],
  [{ width: 6, text: 'a\uD800b' }, 'invalid-option', 'text', 'a\uFFFDb', /half of a surrogate pair/],
  [{ width: 6, text: '\uDC00\uD800' }, 'invalid-option', 'text', '\uFFFD\uFFFD', TEXT],
  [{ width: 6, text: 'a\u0007' }, 'invalid-option', 'text', 'a\uFFFD', TEXT],
  [
    { width: 6, text: 'a'.repeat(10_000) },
    'invalid-option',
    'text',
    `${'a'.repeat(100)}…`,
    /\(more than 2000 code points\)/,
  ],
  [
    { width: 6, format: 'auto' },
    'unsupported-format',
    'format',
    'auto',
    /png, jpeg, jpg, webp, avif, gif, svg, got/,
  ],
  [{ width: 6, bg: null }, 'invalid-color', 'bg', 'null', /a string or a number, got null/],
  [{ width: 6, text: null }, 'invalid-option', 'text', 'null', /a string or a number, got null/],
  [{ width: 6, text: {} }, 'invalid-option', 'text', 'object', /a string or a number, got object/],
  [{ width: 6, seed: Symbol('a') }, 'invalid-option', 'seed', 'symbol', /a string or a number/],
  [
    { width: 6, format: Object.create(null) },
    'unsupported-format',
    'format',
    'object',
    /a string or a number/,
  ],
  [{ width: 6, height: null }, 'invalid-size', 'height', 'null', /a string or a number, got null/],
  [
    { width: 6, colour: 'red' },
    'invalid-option',
    'colour',
    'red',
    /^colour is not an option; options are width, .*, seed.*; the nearest is border$/,
  ],
  [{ width: 6, txt: 'Hi' }, 'invalid-option', 'txt', 'Hi', /; did you mean text\?$/],
  [{ width: 6, hieght: 4 }, 'invalid-option', 'hieght', 'number', /; did you mean height\?$/],
  [{ width: 6, toString: 1 }, 'invalid-option', 'toString', 'number', /^toString is not an option/],
  [{ width: 6, bg: 'red,zz' }, 'invalid-color', 'bg', 'zz', COLOR],
  [{ width: 6, size: 4.5 }, 'invalid-option', 'size', '4.5', integer(4, 500)],
];

t.test('the same for a program', async (t) => {
  for (const [options, code, parameter, value, allowed] of BAD_OPTIONS) {
    const make = () => createPlaceholderValue(options as RenderOptions);
    check(t, JSON.stringify(options).slice(0, 60), make, { code, parameter, value, allowed });
  }
});

t.test('the bounds themselves are allowed', async (t) => {
  const good: readonly RenderOptions[] = [
    { width: 1, height: 1 },
    { width: 2000, height: 2000, scale: 2 },
    { width: 1, scale: 4, quality: 1, size: 4, weight: 100, angle: 0 },
    { width: '0600', quality: 100, size: 500, weight: 900, angle: 360, radius: 2000, border: 999 },
    { width: 600, text: '😀'.repeat(300) },
    { width: 600, text: 'a\n'.repeat(19) },
    { width: 600, text: 'a\u0300\u200D\u202E\u200B' },
    { width: 600, seed: '\uD800\0', radius: '100%', bg: 'red,lime,blue,white' },
  ];
  for (const options of good) t.ok(createPlaceholderValue(options), JSON.stringify(options).slice(0, 60));
});

t.test('limits are the settings', async (t) => {
  const limits = { maxDimension: 100, maxPixels: 200 };
  const make = (width: number, height: number) => () => createPlaceholderValue({ width, height }, limits);
  check(t, '101', make(101, 1), {
    code: 'invalid-size',
    parameter: 'width',
    value: '101',
    allowed: /an integer from 1 to 100, got 101/,
  });
  t.match(refusal(make(100, 3)), { parameter: 'size', detail: /at most 200 pixels/ });
  t.ok(make(100, 2)());
});
