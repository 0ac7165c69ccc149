import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A tree of modules: path below src, with `/`, and the source text. */
export type Sources = ReadonlyMap<string, string>;

/** Each layer, and those right below it; it may import these and whatever is below them. */
export type Layers = Readonly<Record<string, readonly string[]>>;

/** What only some files may hold: a package, or a pattern of the text. Places are layers or files. */
export interface Reserved {
  readonly what: string;
  readonly pattern: RegExp;
  readonly allowed: readonly string[];
}

/** How a module names another: static, side effect only, dynamic or by `require`; types as well. */
const IMPORTS = [
  /^(?:import|export)\b[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
  /\brequire\(\s*['"]([^'"]+)['"]/g,
];

/** The names of the modules that a source imports, as written. */
export function importsOf(source: string): string[] {
  return IMPORTS.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] as string));
}

/** Matches a source that imports one package. */
export const imports = (name: string): RegExp =>
  new RegExp(`(?:\\bfrom|^import|\\b(?:import|require)\\()\\s*['"]${name}['"/]`, 'm');

export function readSources(folder: URL): Sources {
  const root = fileURLToPath(folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return new Map(
    files.map((file) => [file.replaceAll('\\', '/'), readFileSync(new URL(file, folder), 'utf8')]),
  );
}

const layerOf = (file: string): string => file.split('/')[0]?.replace(/\.ts$/, '') ?? '';

/** A layer's name and those of all layers below it. */
export function below(layers: Layers, layer: string): ReadonlySet<string> {
  const found = new Set([layer]);
  for (const one of found) for (const next of layers[one] ?? []) found.add(next);
  return found;
}

function edges(sources: Sources): Map<string, string[]> {
  const local = (file: string, name: string): string => posix.join(posix.dirname(file), name);
  return new Map(
    [...sources].map(([file, source]) => [
      file,
      importsOf(source).flatMap((name) => (name.startsWith('.') ? [local(file, name)] : [])),
    ]),
  );
}

function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    else if (!done.has(file)) for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

/** Every fault of a tree, one sentence each: no layer, an edge that goes up or aside, a cycle, a reserved thing. */
export function findFaults(sources: Sources, layers: Layers, reserved: readonly Reserved[]): string[] {
  const graph = edges(sources);
  const faults = findCycles(graph).map((cycle) => `cycle: ${cycle}`);
  for (const [file, targets] of graph) {
    const layer = layerOf(file);
    if (!Object.hasOwn(layers, layer)) faults.push(`${file} has no layer`);
    const allowed = below(layers, layer);
    for (const target of targets) {
      if (!sources.has(target)) faults.push(`${file} imports ${target}, which is not there`);
      else if (!allowed.has(layerOf(target))) faults.push(`${file} must not import ${target}`);
    }
    const source = sources.get(file) ?? '';
    for (const { what, pattern, allowed: places } of reserved) {
      const isAllowed = places.includes(file) || places.includes(layer);
      if (!isAllowed && pattern.test(source)) faults.push(`${file} must not use ${what}`);
    }
  }
  return faults;
}
