import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { drawPicture, PICTURE, renderReadme, samePixels } from './parts.ts';

// `npm run docs` brings the generated documents up to date; with `--check` it writes nothing, names what is out of
// date, and fails where anything is.

const root = new URL('../', import.meta.url);
const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;

/** The documents that are not as they should be, with what they should hold. */
async function outdated(): Promise<Map<string, string | Buffer>> {
  const found = new Map<string, string | Buffer>();
  const readme = readFileSync(new URL('README.md', root), 'utf8');
  const wanted = renderReadme(readme);
  if (wanted !== readme) found.set('README.md', wanted);
  const picture = new URL(PICTURE.path, root);
  const drawn = await drawPicture();
  if (!existsSync(picture) || !(await samePixels(readFileSync(picture), drawn)))
    found.set(PICTURE.path, drawn);
  return found;
}

const files = await outdated();
for (const [path, content] of files) {
  if (!check) writeFileSync(new URL(path, root), content);
  process.stdout.write(check ? `${path} is out of date: npm run docs\n` : `wrote ${path}\n`);
}
if (files.size === 0) process.stdout.write('the generated documents are up to date\n');
if (check && files.size > 0) process.exitCode = 1;
