import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';
import { renderPlaceholder } from '../../src/index.ts';

// A program that uses the canvas itself, and greybox: it tells the fonts that it has without and with it, and its labels.

/** A font of its own under a name, which looks otherwise than the one that greybox draws with. */
const OTHER = createRequire(import.meta.url).resolve(
  '@fontsource-variable/oswald/files/oswald-latin-wght-normal.woff2',
);

/** What no font of ours has, but some of a machine may: Ogham, runes, Gothic; and what we have. */
const TEXTS = ['ᚁᚂ', 'ᚠᚢ', '𐌰𐌱', '⠓ ᚠ', 'Hi 漢 ℝ מ', 'за́мок ᚠ̂', '600 × 400'];

for (const name of process.argv.slice(2)) GlobalFonts.registerFromPath(OTHER, name);
const families = (): string[] => GlobalFonts.families.map(({ family }) => family).sort();
const before = families();
const labels: string[] = [];
for (const text of TEXTS) {
  for (const format of ['png', 'svg']) {
    const { body } = await renderPlaceholder({ width: 300, height: 100, text, format });
    labels.push(createHash('sha256').update(body).digest('hex'));
  }
}
process.stdout.write(JSON.stringify({ before, after: families(), labels }));
