import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, normalize, posix } from 'node:path';
import { importsOf } from './helper/imports.ts';

const isTest = (file: string): boolean => file.endsWith('.test.ts');

/** The test files below a folder. */
function testsBelow(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter(isTest).map((file) => posix.join(folder, file));
}

/** The arguments of the test runner: what is an option, and which files the rest means. */
export interface Selection {
  readonly options: readonly string[];
  /** Empty for all. */
  readonly files: readonly string[];
  /** What is neither an option nor a test file nor a folder of some. */
  readonly unknown: readonly string[];
}

/** Sorts the arguments of `npm test --`; a folder means the test files below it. @param root of the project */
export function select(args: readonly string[], root: string): Selection {
  const options = args.filter((arg) => arg.startsWith('-'));
  const files: string[] = [];
  const unknown: string[] = [];
  for (const name of args.filter((arg) => !arg.startsWith('-'))) {
    const path = join(root, name);
    const isFolder = existsSync(path) && statSync(path).isDirectory();
    const found = isFolder ? testsBelow(normalize(name)) : [normalize(name)].filter(isTest);
    if (found.length > 0 && existsSync(path)) files.push(...found);
    else unknown.push(name);
  }
  return { options, files, unknown };
}

/** What makes a test slow: other processes, a browser, fonts and drawing, and inputs by the thousand. */
const SLOW =
  /^(?:(?:node:)?child_process|playwright-core)$|\/bench\/|\/test\/fuzz\/|\/src\/(?:app\.ts|render\/|label\/)/;

/** The tests that start no server and draw nothing, found by what they import, directly or not. */
export function unitTests(root: string): string[] {
  const slow = new Map<string, boolean>();
  const isSlow = (file: string): boolean => {
    const known = slow.get(file);
    if (known !== undefined) return known;
    slow.set(file, false);
    const names = existsSync(file) ? importsOf(readFileSync(file, 'utf8')) : [];
    const found =
      SLOW.test(file) ||
      names.some((name) =>
        name.startsWith('.') ? isSlow(posix.join(posix.dirname(file), name)) : SLOW.test(name),
      );
    slow.set(file, found);
    return found;
  };
  return testsBelow(posix.join(root, 'test'))
    .filter((file) => !isSlow(file))
    .map((file) => posix.relative(root, file));
}
