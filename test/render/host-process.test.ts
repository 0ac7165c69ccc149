import { createHash } from 'node:crypto';
import sharp from 'sharp';
import t from 'tap';
import { FORMAT_NAMES } from '../../src/formats.ts';
import { type RenderOptions, renderPlaceholder } from '../../src/index.ts';

/** Pictures of each format, drawn here and in threads; so large that AVIF is cut into tiles. */
const PICTURES: readonly RenderOptions[] = [
  ...FORMAT_NAMES.flatMap((format) => [
    { width: 300, height: 200, format },
    { width: 300, height: 200, format, bg: 'red,blue', pattern: 'dots' },
  ]),
  { width: 600, height: 400, format: 'avif' },
  { width: 1000, height: 600, format: 'avif', bg: 'red,blue' },
];

async function hashes(): Promise<string[]> {
  const all = await Promise.all(PICTURES.map((options) => renderPlaceholder(options)));
  return all.map(({ body }) => createHash('sha256').update(body).digest('hex'));
}

t.test("a host's own settings of sharp stay what they are, and make no other pictures", async (t) => {
  sharp.concurrency(1);
  const first = await hashes();
  sharp.cache({ memory: 17, files: 3, items: 5 });
  for (const threads of [2, 4]) {
    sharp.concurrency(threads);
    t.strictSame(await hashes(), first, `${threads} threads`);
    t.equal(sharp.concurrency(), threads);
  }
  const { memory, files, items } = sharp.cache();
  t.match([memory.max, files.max, items.max], [17, 3, 5]);
});
