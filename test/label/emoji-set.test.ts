import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { EMOJI_BOX, type Emoji, findEmoji } from '../../src/label/emoji-set.ts';

const require = createRequire(import.meta.url);
const read = (name: string) =>
  JSON.parse(readFileSync(require.resolve(`@iconify-json/twemoji/${name}`), 'utf8'));

t.test('each drawing is the one that the package has for its code points', async (t) => {
  const names: Record<string, string> = read('chars.json');
  const { icons }: { icons: Record<string, Partial<Emoji>> } = read('icons.json');
  const wrong = Object.entries(names).filter(([key, name]) => {
    const points = key.split('-').map((point) => Number.parseInt(point, 16));
    const found = findEmoji(String.fromCodePoint(...points));
    const { body, height = EMOJI_BOX } = icons[name] ?? {};
    return found?.body !== body || found?.height !== height;
  });
  t.ok(Object.keys(names).length > 3500);
  t.strictSame(wrong, []);
  for (const none of ['a', 'ab', '漢', '\u{10FFFF}', '']) t.equal(findEmoji(none), undefined);
});

t.test('the file of drawings is not kept in memory', async (t) => {
  const set = new URL('../../src/label/emoji-set.ts', import.meta.url).href;
  const program = `
    const { findEmoji } = await import('${set}');
    const before = process.memoryUsage().arrayBuffers;
    const { body } = findEmoji('😀');
    // Bytes that nothing refers to are freed in a later turn.
    for (let i = 0; i < 5; i++) { gc(); await new Promise(setImmediate); }
    console.log(JSON.stringify([body.length, process.memoryUsage().arrayBuffers - before]));`;
  const args = ['--expose-gc', '--import=tsx', '--input-type=module', '--eval', program];
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd });
  const [letters, kept] = JSON.parse(stdout) as [number, number];
  t.ok(letters > 100);
  t.ok(kept < 2 ** 20, `${kept} bytes`);
});
