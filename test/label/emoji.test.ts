import { createRequire } from 'node:module';
import t from 'tap';
import { createCanvas } from '../../src/label/canvas.ts';
import { EmojiText, loadEmoji, STAND_IN } from '../../src/label/emoji.ts';
import { fitFonts } from '../../src/label/fonts.ts';

/** What an extraction leaves: `#` for a stand-in. */
function shape(text: string): string {
  return new EmojiText(text).text.replace(new RegExp(STAND_IN, 'g'), '#');
}

t.test('each sequence is one drawing', async (t) => {
  const table: readonly (readonly [what: string, text: string, shape: string])[] = [
    ['plain', 'a😀b', 'a#b'],
    ['skin tones', '👍🏽👍🏿', '##'],
    ['a tone on what takes none', '🚗🏽', '#'],
    ['a flag', '🇫🇷', '#'],
    ['two flags', '🇫🇷🇩🇪', '##'],
    ['a flag of tags', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '#'],
    ['a family', '👩‍👩‍👧‍👦', '#'],
    ['a profession with a tone', '👩🏾‍🚀', '#'],
    ['a couple of two tones', '🧑🏻‍🤝‍🧑🏿', '#'],
    ['a rainbow flag', '🏳️‍🌈', '#'],
    ['keycaps', '1️⃣#️⃣*⃣', '###'],
    ['a heart, by selector', '❤️', '#'],
    ['a heart as text', '❤', '❤'],
    ['digits and signs are text', '1#*©', '1#*©'],
    ['a trademark, by selector', '™️', '#'],
    ['half a flag', '🇫', '#'],
    ['a flag of no country is two letters', '🇽🇽', '##'],
    ['an emoji with an accent', '😀\u0301', '#\u0301'],
    ['no emoji', 'Привет 你好', 'Привет 你好'],
    ['a sequence that nobody drew falls apart', '😀‍🚗', '##'],
    ['into emoji only', '❤‍🚗', '##'],
    ['a flag of tags that nobody drew', '🏴󠁵󠁳󠁴󠁸󠁿', '#'],
    ['a rainbow flag without a selector', '🏳‍🌈', '#'],
    ['a heart on fire without a selector', '❤‍🔥', '#'],
    ['an eye in a bubble without selectors', '👁‍🗨', '#'],
    ['a tone by itself', '🏻', '#'],
    ['tones in a row', '🏻🏿', '##'],
    ['a tone after a letter', 'a🏽', 'a#'],
    ['hair by itself', '🦰🦱', '##'],
  ];
  for (const [what, text, expected] of table) t.equal(shape(text), expected, what);
});

t.test('sequences hold together without the selector that their first emoji should have', async (t) => {
  const names = createRequire(import.meta.url)('@iconify-json/twemoji/chars.json') as Record<string, string>;
  const sequences = Object.keys(names)
    .filter((key) => key.includes('-200d-'))
    .map((key) => String.fromCodePoint(...key.split('-').map((point) => Number.parseInt(point, 16))))
    .filter((text) => !/^\p{Emoji_Presentation}|^\p{Emoji}\p{Emoji_Modifier}/u.test(text));
  t.equal(sequences.length, 16);
  for (const text of sequences) {
    t.equal(shape(text), '#', text);
    t.equal(shape(text.replace('\u200D', '\uFE0F\u200D')), '#', `${text} with it`);
  }
});

t.test('what refers to a part of its own is drawn whole', async (t) => {
  // The pole of the flag is drawn by reference.
  const [flag] = new EmojiText('🏴').emoji.values();
  const picture = flag && (await loadEmoji(flag, 36));
  const context = createCanvas(36, 36).getContext('2d');
  if (picture) context.drawImage(picture, 0, 0);
  t.equal(context.getImageData(5, 30, 1, 1).data[3], 255);
});

t.test('equal emoji share a drawing, others do not', async (t) => {
  const { text, emoji } = new EmojiText('😀🚗😀');
  t.equal(emoji.size, 2);
  t.equal(text[0], text[2]);
  t.not(text[0], text[1]);
  const tones = new EmojiText('👍👍🏻👍🏿').emoji;
  t.equal(new Set(Array.from(tones.values(), ({ body }) => body)).size, 3, 'tones are told apart');
});

t.test('what a text brings from the private use area is no stand-in', async (t) => {
  t.equal(new EmojiText('\uE000\uF8FFa').text, '\uFFFD\uFFFDa');
  const { text, emoji } = new EmojiText('\uE000😀');
  t.equal(text, '\uFFFD\uE000');
  t.equal(emoji.size, 1);
});

t.test('as many as a label may hold', async (t) => {
  const all = Array.from({ length: 300 }, (_, i) => String.fromCodePoint(0x1f400 + i)).join('');
  const { text, emoji } = new EmojiText(all);
  t.ok(emoji.size > 200, `${emoji.size} drawings`);
  t.equal(Array.from(text).length, 300);
});

t.test('an emoji is drawn for a character that is text, but that no font has', async (t) => {
  const emoji = new EmojiText('ℹ❤');
  t.equal(emoji.text, 'ℹ❤');
  const { text } = fitFonts(emoji.text, 'inter', 600, { emoji });
  t.match(text, new RegExp(`^${STAND_IN.source}❤$`));
});

t.test('drawings are pictures of their own size', async (t) => {
  for (const { body, height } of new EmojiText('😀🇫🇷👩‍👩‍👧‍👦').emoji.values()) {
    const picture = await loadEmoji({ body, height }, 72);
    t.same([picture.width, picture.height], [72, Math.round((72 * height) / 36)]);
    t.notMatch(body, /<script|href="http|on\w+=/i);
  }
});
