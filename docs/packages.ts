import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
      .filter((name) => /^@(?:fontsource|iconify-json)/.test(name))
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
    homepage: string;
  };
  if (name.startsWith('@iconify-json/')) {
    const { author } = JSON.parse(read('node_modules', name, 'info.json')) as {
      author: { name: string; url: string };
    };
    return { holder: `${author.name} and other contributors`, licence: manifest.license, home: author.url };
  }
  const [first = ''] = read('node_modules', name, 'LICENSE').split('\n');
  // The first line goes on with one notice for each file of the family: they say the same.
  const [holder = ''] = first.split(/(?<=[)."]|reserved\.) (?=\S+\.ttf:|Licensed under)/);
  return { holder: holder.trim(), licence: manifest.license, home: manifest.homepage };
}
