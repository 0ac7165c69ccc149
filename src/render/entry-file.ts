import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The module of a thread or process of ours: the built one, seen from a chunk of the build, or else its source. */
export function entryFile(name: 'thread' | 'encoder'): string {
  const built = fileURLToPath(new URL(`../render/${name}.js`, import.meta.url));
  return existsSync(built) ? built : fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
}
