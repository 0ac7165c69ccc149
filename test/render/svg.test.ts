import { DOMParser, type Element } from '@xmldom/xmldom';
import sharp from 'sharp';
import t from 'tap';
import { createPlaceholderValue, type RenderOptions } from '../../src/options/options.ts';
import { render } from '../../src/render/render.ts';

const SVG = 'http://www.w3.org/2000/svg';

const draw = (options: RenderOptions): Promise<Buffer> => render(createPlaceholderValue(options));

/** Parses strictly: whatever the parser has to say is an error, but that a text may hold U+FFFD. */
function parse(svg: Buffer): Element {
  const parser = new DOMParser({
    onError: (level, message) => {
      if (!message.startsWith('Unicode replacement')) throw new Error(`${level}: ${message}`);
    },
  });
  const root = parser.parseFromString(
    new TextDecoder('utf-8', { fatal: true }).decode(svg),
    'image/svg+xml',
  ).documentElement;
  if (!root) throw new Error('no root');
  return root;
}

const elements = (root: Element): Element[] => Array.from(root.getElementsByTagName('*'));

const TEXTS = [
  'Hi',
  `"><script>alert(1)</script>`,
  `' onload='alert(1)' x="`,
  '</svg><svg onload=alert(1)>',
  '<![CDATA[ a ]]> ]]>',
  '<!-- a --> -- >',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>&b;',
  '&lt;&amp;&#60;&#x3c;&bogus;',
  'two\nlines\tand a tab',
  '\u202Eabc\u2066\u200B\u00AD',
  '\u{10FFFD}\uE000\uFFFD\u{1FFFF}',
  `a${'\u0301'.repeat(200)}`,
  'مرحبا שלום 漢字 कि',
  '😀 👩‍👩‍👧‍👦 🇫🇷 1️⃣',
  'a'.repeat(300),
];

t.test('is XML, whatever the text holds, and nothing of it becomes markup', async (t) => {
  const known = new Set([
    'path',
    'g',
    'defs',
    'linearGradient',
    'stop',
    'pattern',
    'clipPath',
    'rect',
    'circle',
    'ellipse',
  ]);
  for (const text of TEXTS) {
    const svg = await draw({ width: 300, height: 200, format: 'svg', text });
    const root = parse(svg);
    const { text: label } = createPlaceholderValue({ width: 300, height: 200, text });
    t.same([root.localName, root.namespaceURI], ['svg', SVG]);
    t.strictSame(
      ['width', 'height', 'viewBox'].map((name) => root.getAttribute(name)),
      ['300', '200', '0 0 300 200'],
    );
    t.equal(root.getAttribute('aria-label'), label.replaceAll('\n', ' '), JSON.stringify(text.slice(0, 30)));
    const strange = elements(root).filter(({ localName }) => !known.has(localName ?? ''));
    t.strictSame(
      strange.map(({ localName }) => localName),
      [],
      'no text, no script, no elements of others',
    );
    const attributes = [root, ...elements(root)].flatMap((element) =>
      Array.from(element.attributes, ({ name }) => name),
    );
    t.notOk(
      attributes.some((name) => /^on|href|^style$/i.test(name)),
      `${new Set(attributes).size} attributes`,
    );
    t.equal(root.textContent, '', 'outlines only');
  }
});

t.test('says nothing of an empty label, and is small', async (t) => {
  const empty = parse(await draw({ width: 300, height: 200, format: 'svg', text: '' }));
  t.notOk(empty.hasAttribute('aria-label'));
  t.equal(elements(empty).length, 1);
  const svg = String(await draw({ width: 600, height: 400, format: 'svg' }));
  t.ok(svg.length < 8000, `${svg.length} bytes`);
  t.notMatch(svg, /\d\.\d{3}/, 'two decimals');
  for (const option of [
    { radius: 20 },
    { bg: 'red,blue' },
    { pattern: 'dots' },
    { border: 3 },
    { bg: 'ff000080' },
  ]) {
    const root = parse(await draw({ width: 60, height: 40, format: 'svg', ...option }));
    const ids = elements(root).flatMap((element) => element.getAttribute('id') ?? []);
    const used = Array.from(
      String(await draw({ width: 60, height: 40, format: 'svg', ...option })).matchAll(/url\(#([\w-]+)\)/g),
      ([, id]) => id,
    );
    t.strictSame([...new Set(used)].sort(), ids.sort(), `${JSON.stringify(option)}: what is defined is used`);
  }
});

/** Options of pictures whose SVG must look like their PNG. */
const LOOKS: readonly Partial<RenderOptions>[] = [
  {},
  { text: 'two\nlines of text', font: 'lora', weight: 400 },
  { text: 'مرحبا بالعالم' },
  { text: '漢字とかな' },
  { text: 'abc 😀 שלום 🇫🇷' },
  { scale: 2, text: 'Scaled', size: 40 },
  { bg: 'red,white-blue', angle: 45 },
  { radius: 40, border: '6,navy' },
  { pattern: 'cross' },
  { pattern: 'grid', border: 10 },
  { pattern: 'checker', scale: 3 },
  { pattern: 'stripes', bg: '123456' },
  { pattern: 'dots', radius: '50%' },
  { bg: 'ff000080', fg: '0000ff80' },
  { bg: 'transparent', border: '4,0f08' },
];

async function onWhite(body: Buffer): Promise<Buffer> {
  return sharp(body).flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha().raw().toBuffer();
}

t.test('looks like the PNG, drawn by another program', async (t) => {
  for (const look of LOOKS) {
    const options = { width: 240, height: 160, ...look };
    const [svg, png] = [await draw({ ...options, format: 'svg' }), await draw(options)];
    parse(svg);
    const [a, b] = [await onWhite(svg), await onWhite(png)];
    t.equal(a.length, b.length, 'one size');
    const off = a.map((byte, i) => Math.abs(byte - (b[i] as number)));
    const mean = off.reduce((sum, one) => sum + one, 0) / off.length;
    const far = off.filter((one) => one > 100).length / off.length;
    // Edges are smoothed otherwise; a shape that is missing or elsewhere changes more than that.
    t.ok(
      mean < 2 && far < 0.004,
      `${JSON.stringify(look)}: mean ${mean.toFixed(2)}, far off ${(far * 100).toFixed(2)} %`,
    );
  }
});
