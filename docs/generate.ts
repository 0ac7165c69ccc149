import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { looksLike } from './likeness.ts';
import { PAGES, PICTURES } from './pages.ts';

// `npm run docs` brings the generated documents up to date; with `--check` it writes nothing, names what is out of
// date, and fails where anything is.

const root = new URL('../', import.meta.url);
const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;

/** The documents that are not as they should be, with what they should hold. */
async function outdated(): Promise<Map<string, string | Buffer>> {
  const found = new Map<string, string | Buffer>();
  for (const [path, make] of Object.entries(PAGES)) {
    const file = new URL(path, root);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const wanted = make(text);
    if (wanted !== text) found.set(path, wanted);
  }
  for (const [path, draw] of PICTURES) {
    const file = new URL(path, root);
    const drawn = await draw();
    if (!existsSync(file) || !(await looksLike(readFileSync(file), drawn))) found.set(path, drawn);
  }
  return found;
}

const files = await outdated();
for (const [path, content] of files) {
  if (!check) {
    mkdirSync(new URL('.', new URL(path, root)), { recursive: true });
    writeFileSync(new URL(path, root), content);
  }
  process.stdout.write(check ? `${path} is out of date: npm run docs\n` : `wrote ${path}\n`);
}
if (files.size === 0) process.stdout.write('the generated documents are up to date\n');
if (check && files.size > 0) process.exitCode = 1;
