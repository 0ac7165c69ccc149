import t from 'tap';
import { extractEmoji, loadEmoji, STAND_IN } from '../../src/label/emoji.ts';

/** What an extraction leaves: `#` for a stand-in. */
function shape(text: string): string {
  return extractEmoji(text).text.replace(new RegExp(STAND_IN, 'g'), '#');
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
  ];
  for (const [what, text, expected] of table) t.equal(shape(text), expected, what);
});

t.test('equal emoji share a drawing, others do not', async (t) => {
  const { text, emoji } = extractEmoji('😀🚗😀');
  t.equal(emoji.size, 2);
  t.equal(text[0], text[2]);
  t.not(text[0], text[1]);
  const tones = extractEmoji('👍👍🏻👍🏿').emoji;
  t.equal(new Set(Array.from(tones.values(), ({ body }) => body)).size, 3, 'tones are told apart');
});

t.test('what a text brings from the private use area is no stand-in', async (t) => {
  t.equal(extractEmoji('\uE000\uF8FFa').text, '\uFFFD\uFFFDa');
  const { text, emoji } = extractEmoji('\uE000😀');
  t.equal(text, '\uFFFD\uE000');
  t.equal(emoji.size, 1);
});

t.test('as many as a label may hold', async (t) => {
  const all = Array.from({ length: 300 }, (_, i) => String.fromCodePoint(0x1f400 + i)).join('');
  const { text, emoji } = extractEmoji(all);
  t.ok(emoji.size > 200, `${emoji.size} drawings`);
  t.equal(Array.from(text).length, 300);
});

t.test('drawings are pictures of their own size', async (t) => {
  for (const { body, height } of extractEmoji('😀🇫🇷👩‍👩‍👧‍👦').emoji.values()) {
    const picture = await loadEmoji({ body, height }, 72);
    t.same([picture.width, picture.height], [72, Math.round((72 * height) / 36)]);
    t.notMatch(body, /<script|href="http|on\w+=/i);
  }
});
