import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTable } from '../src/label/woff2.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** A package of fonts or emoji that greybox brings along. */
export interface Package {
  readonly name: string;
  /** Whether it may be left out of an install. */
  readonly optional: boolean;
}

const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');

/** Every package of fonts and emoji, as package.json lists them. */
export function bundled(): Package[] {
  const { dependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'optionalDependencies',
    Record<string, string>
  >;
  const list = (group: Record<string, string>, optional: boolean): Package[] =>
    Object.keys(group)
      .filter((name) => /^@(?:fontsource|iconify-json)|^inter-ui$/.test(name))
      .map((name) => ({ name, optional }));
  return [...list(dependencies, false), ...list(optionalDependencies, true)];
}

/** Bytes in the files of an installed package. */
export function folderSize(name: string): number {
  const entries = readdirSync(join(ROOT, 'node_modules', name), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name: file }) => sum + statSync(join(parentPath, file)).size, 0);
}

/** Who holds the rights in a package, its licence and its home, from its own files. */
export function licenceOf({ name }: Package): { holder: string; licence: string; home: string } {
  const manifest = JSON.parse(read('node_modules', name, 'package.json')) as {
    license: string;
    homepage?: string;
  };
  if (name.startsWith('@iconify-json/')) {
    const { author } = JSON.parse(read('node_modules', name, 'info.json')) as {
      author: { name: string; url: string };
    };
    return { holder: `${author.name} and other contributors`, licence: manifest.license, home: author.url };
  }
  const file = readdirSync(join(ROOT, 'node_modules', name)).find((entry) => entry.startsWith('LICENSE'));
  if (file === undefined) return { ...licenceOfFont(name), home: manifest.homepage ?? '' };
  const [first = ''] = read('node_modules', name, file).split('\n');
  // The first line goes on with one notice for each file of the family: they say the same.
  const [holder = ''] = first.split(/(?<=[)."]|reserved\.) (?=\S+\.ttf:|Licensed under)/);
  return {
    holder: holder.trim(),
    licence: manifest.license,
    home: manifest.homepage ?? `https://www.npmjs.com/package/${name}`,
  };
}

/** What a font says of itself, where its package holds no licence: its copyright, and that it is under the OFL. */
function licenceOfFont(name: string): { holder: string; licence: string } {
  const folder = join(ROOT, 'node_modules', name, 'files');
  const file = readdirSync(folder).find((entry) => entry.endsWith('-400-normal.woff2')) ?? '';
  const table = readTable(join(folder, file), 'name');
  const text = (id: number): string => {
    for (let at = 6; at < 6 + 12 * table.readUInt16BE(2); at += 12) {
      if (table.readUInt16BE(at) !== 3 || table.readUInt16BE(at + 6) !== id) continue;
      const start = table.readUInt16BE(4) + table.readUInt16BE(at + 10);
      const bytes = Buffer.from(table.subarray(start, start + table.readUInt16BE(at + 8)));
      return bytes.swap16().toString('utf16le');
    }
    return '';
  };
  const [COPYRIGHT, LICENCE] = [0, 14];
  if (!text(LICENCE).endsWith('scripts.sil.org/OFL')) throw new Error(`${name}: under which licence?`);
  return { holder: text(COPYRIGHT), licence: 'OFL-1.1' };
}
