import t from 'tap';
import { parseImageUrl } from '../../src/dialects/image.ts';
import { cacheKey } from '../../src/options/cache-key.ts';
import { createPlaceholderValue, type Placeholder } from '../../src/options/options.ts';
import { DEFAULT_LIMITS } from '../../src/options/sizes.ts';

function read(target: string): Placeholder {
  return createPlaceholderValue(parseImageUrl(target, DEFAULT_LIMITS).options, DEFAULT_LIMITS);
}

/** A key, and what stands after `/image/` in URLs that all have it. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  '600.400.png': [
    '600x400',
    '0600x00400',
    '600X400',
    '600%C3%97400',
    '600×400',
    '600x400/',
    '600x400.png/ccc',
    '600x400/ccc@1x.png',
    '600x400@1x/ccc@01X.png',
    '600x400?align=center',
    '600x400?align=CENTER',
    '600x400?radius=0,0,0,0%25',
    '600x400?pattern=none,red',
    '600%78400',
    '%36%30%30x400',
    '600x400.png',
    '600x400.PNG',
    '600x400%2epng',
    '600x400@1x',
    '600x400@01X',
    '600x3:2',
    '3:2x400',
    '0600x3:2',
    '600x400?format=png',
    '600x400?format=PNG',
    '600x400.png?format=webp',
    '600x400?scale=1',
    '600x400?utm_source=a&v=1&_=2&Text=b&TEXT=b&width=3',
    '600x400?',
    '600x400/?',
    '600x400/cccccc',
    '600x400/%23CCC',
    '600x400/ccc,255',
    '600x400?bg=cccccc',
    '600x400?bg=%23cccf',
    '600x400?bg=ccc-cccccc',
    '600x400?bg=ccc,ccc,ccc',
    '600x400?angle=90',
    '600x400?weight=600',
    '600x400?weight=0600',
    '600x400?font=inter',
    '600x400?font=Inter',
    '600x400?radius=0',
    '600x400?radius=0%25',
    '600x400?radius=0%',
    '600x400?border=0',
    '600x400?border=000,red',
    '600x400?pattern=none',
    '600x400?pattern=NONE',
    '600x400?quality=17',
    '600x400?text=600+%C3%97+400',
    '600x400?text=%20600%20%20%C3%97%20400%20',
    '600x400?text={width}+%C3%97+{height}',
    '600x400?text=600%20%C3%97%E2%80%8E%20400',
    '600x400.png?bg=%43cC&text={width} × {height}',
    '600x400.json',
    '600x400.auto',
    '600x400?format=json',
  ],
  '400.400.png': ['400', '0400', '400x400', '400x1:1', '400.PNG', '400@1x', '400/'],
  '1200.630.png': ['og', 'OG', 'opengraph', 'facebook', '1200x630', 'og.png', 'og/ccc'],
  '640.360.png': ['640x16:9', '16:9x360', '0640x016:09', '640x1.7777:1', '16%3A9x360', '640x32:18'],
  '1200.800.png?scale=2': [
    '600x400/ccc@2x',
    '600x400/ccc@2x.png',
    '600x400.png/ccc@2x',
    '600x400@2x.png/ccc',
    '600x400@2x/ccc@2x.PNG/',
    '600×400@2x',
    '600x400@2x',
    '600x400@2X',
    '600x400@02x',
    '600x400%402x',
    '600x400?scale=02',
  ],
  '2400.1260.png?scale=2': ['og@2x', 'og@2x.png', 'og?scale=2'],
  '600.400.webp': ['600x400.webp', '600x400.WebP', '600x400?format=WEBP', '600x400.webp?format=png'],
  '600.400.jpeg': [
    '600x400.jpg',
    '600x400.jpeg',
    '600x400.JPG',
    '600x400?format=jpg',
    '600x400.jpg?quality=80',
    '600x400.jpg?quality=080',
  ],
  '600.400.jpeg?quality=50': ['600x400.jpg?quality=50', '600x400.jpeg?quality=050'],
  '600.400.png?bg=ffffff': [
    '600x400/fff',
    '600x400/FFF',
    '600x400/%23fff',
    '600x400/ffff',
    '600x400/ffffff',
    '600x400/FFFFFFFF',
    '600x400/white',
    '600x400/White',
    '600x400/fff,255',
    '600x400/white.png',
    '600x400/fff/?',
    '600x400?bg=fff',
    '600x400?bg=%23FFF',
    '600x400?bg=WHITE',
    '600x400?bg=white-fff,ffffff',
    '600x400/fff?bg=000',
    '600x400?bg=white&bg=white',
  ],
  '600.400.png?bg=ff000080': [
    '600x400/ff0000,128',
    '600x400/red,128',
    '600x400/F00,128',
    '600x400/f00,0128',
    '600x400/f00,00000128',
    '600x400/ff000080',
    '600x400?bg=ff000080',
    '600x400/%23FF000080.png',
  ],
  '600.400.png?bg=00000000': [
    '600x400/transparent',
    '600x400?bg=Transparent',
    '600x400/0000',
    '600x400/00000000',
  ],
  '600.400.webp?bg=ffffff&fg=000000': [
    '600x400/fff/000.webp',
    '600x400/white/black.WEBP',
    '600x400.webp?fg=000&bg=fff',
    '600x400/fff?fg=black&format=webp',
    '600x400/fff/000?fg=red&format=webp',
    '600x400.webp/fff/000',
    '600X400.WEBP/FFF/000',
    '600x400.webp/fff/000.webp/',
  ],
  '600.400.png?bg=ff0000-0000ff': [
    '600x400/red-blue',
    '600x400/f00-00F',
    '600x400?bg=red,blue',
    '600x400?bg=red-blue',
    '600x400?bg=%23f00,%2300f&angle=180',
    '600x400?bg=red%2Cblue&angle=0180',
  ],
  '600.400.png?angle=0&bg=ff0000-0000ff': ['600x400/red-blue?angle=0', '600x400/red-blue?angle=360'],
  '600.400.png?bg=ff000080-0000ff': ['600x400/f00,128-00f', '600x400?bg=ff000080-blue'],
  '600.400.png?text=': [
    '600x400?text=',
    '600x400?text',
    '600x400?text=+',
    '600x400?text=%5Cn',
    '600x400?text=%E2%80%8F',
    '600x400?text=%C2%AD%E2%80%8D%0A',
  ],
  '600.400.png?text=a%0Ab': [
    '600x400?text=a%0Ab',
    '600x400?text=a%5Cnb',
    '600x400?text=a\\nb',
    '600x400?text=a%0D%0Ab',
    '600x400?text=a%0Db',
    '600x400?text=a%5C%E2%81%A0nb',
    '600x400?text=+a+%0A%09b',
  ],
  '600.400.png?text=3%3A2': [
    '600x400?text={ratio}',
    '600x400?text=%7Bratio%7D',
    '600x400?text={rat%E2%81%A0io}',
  ],
  '600.400.png?text=%C3%A9': ['600x400?text=%C3%A9', '600x400?text=e%CC%81'],
  '600.400.png?weight=700': [
    '600x400?weight=700',
    '600x400?weight=bold',
    '600x400?weight=BOLD',
    '600x400?weight=0700',
  ],
  '600.400.png?font=source-sans-3': [
    '600x400?font=source-sans-3',
    '600x400?font=source-sans-pro',
    '600x400?font=Source+Sans+Pro',
    '600x400?font=SOURCE%20SANS%203',
  ],
  '600.400.png?font=oswald': ['600x400?font=oswald', '600x400?font=oswald&weight=600'],
  '600.400.png?font=oswald&weight=700': ['600x400?font=oswald&weight=700', '600x400?font=oswald&weight=900'],
  '400.400.png?radius=200': [
    '400?radius=50%25',
    '400?radius=50%',
    '400?radius=200',
    '400?radius=0200.00',
    '400?radius=1999',
  ],
  '600.400.png?radius=40': [
    '600x400?radius=10%25',
    '600x400?radius=40',
    '600x400?radius=40.00',
    '600x400?radius=000040',
  ],
  '600.400.png?radius=10,0,40,20': ['600x400?radius=10,0,40,20', '600x400?radius=2.5%25,0%25,10%25,+5%25'],
  '600.400.png?radius=8': ['600x400?radius=8', '600x400?radius=8,8,8,8', '600x400?radius=2%25,8,8.00,8'],
  '400.400.png?radius=200,200,0,0': ['400?radius=1999,1999,0,0', '400?radius=50%25,50%25,0,0'],
  '56.42.png?radius=25.37,30.62,0,0': ['56x42?radius=29,35,0,0', '56x42?radius=25.37,30.62,0,0'],
  '400.400.png?radius=100,0,300,0': ['400?radius=100,0,300,0', '400?radius=25%25,0,75%25,0'],
  '600.400.png?radius=0.5': ['600x400?radius=0.5', '600x400?radius=0.50', '600x400?radius=00.5'],
  '600.400.png?border=3': ['600x400?border=3', '600x400?border=003', '600x400?border=00003'],
  '600.400.png?border=3,ff0000': [
    '600x400?border=3,red',
    '600x400?border=3,%23F00',
    '600x400?border=03,f00f',
  ],
  '600.400.png?pattern=grid,ff0000': ['600x400?pattern=grid,red', '600x400?pattern=GRID,%23F00'],
  '600.400.png?align=bottom-left&padding=0': [
    '600x400?align=bottom-left&padding=0',
    '600x400?padding=00&align=Bottom-Left',
  ],
  '600.400.png?lang=zh-hant': ['600x400?lang=zh-hant', '600x400?lang=zh-Hant'],
  '600.400.png?text=a%C2%ADb': ['600x400?text=a%C2%ADb', '600x400?text=a%C2%AD%E2%81%A0b'],
  '600.400.png?pattern=grid&size=40': ['600x400?size=40&pattern=grid', '600x400?pattern=GRID&size=0040'],
  '600.400.png?bg=27272a&fg=d4d4d8': [
    '600x400?theme=dark',
    '600x400?theme=Dark',
    '600x400/27272a/d4d4d8',
    '600x400?theme=dark&seed=a',
  ],
  '600.400.png?bg=ff0000': ['600x400/red?theme=dark', '600x400?bg=red&seed=b'],
};

for (const [key, targets] of Object.entries(SAME)) {
  t.test(`one picture: ${key}`, async (t) => {
    const [first] = targets;
    for (const target of targets) {
      t.equal(cacheKey(read(target)), key, target);
      t.strictSame(read(target), read(first as string), `${target}: equal values`);
    }
  });
}

t.test('what differs has another key', async (t) => {
  const keys = Object.keys(SAME);
  t.equal(new Set(keys.map((key) => cacheKey(read(SAME[key]?.[0] as string)))).size, keys.length);
});

t.test('a value is frozen', async (t) => {
  t.ok(Object.isFrozen(read('600x400')));
});
