import t from 'tap';
import { DialectTable } from '../src/dialects/table.ts';
import {
  below,
  findFaults,
  imports,
  importsOf,
  type Layers,
  type Reserved,
  readSources,
} from './helper/imports.ts';

/** The layers from top to bottom. A file or folder that is new in src is given its place here. */
const LAYERS = {
  cli: ['cluster', 'greybox', 'log'],
  cluster: ['server', 'backoff'],
  server: ['app', 'log'],
  app: ['core', 'log'],
  fastify: ['greybox'],
  vite: ['greybox'],
  playwright: ['greybox'],
  greybox: ['core'],
  core: ['http', 'shared-tier'],
  'shared-tier': ['cache', 'options', 'config', 'log'],
  index: ['greybox', 'render-placeholder'],
  http: ['package-root', 'placeholder', 'rate-limit', 'stats', 'tracing'],
  stats: ['package-root', 'placeholder'],
  'rate-limit': ['errors'],
  'render-placeholder': ['cache', 'dialects', 'render'],
  placeholder: ['cache', 'dialects', 'render', 'image-header'],
  dialects: ['options'],
  render: ['label', 'priority'],
  label: ['options'],
  options: ['errors', 'formats', 'nearest', 'scene'],
  scene: ['color'],
  color: [],
  'image-header': ['formats'],
  cache: ['errors', 'formats', 'backoff', 'make-folder'],
  config: ['errors', 'nearest'],
  tracing: ['package-root'],
  priority: [],
  log: [],
  backoff: [],
  'make-folder': [],
  formats: [],
  nearest: [],
  errors: [],
  'package-root': [],
} satisfies Layers;

/** The environment, in any spelling that reaches it. */
const ENVIRONMENT = /\bprocess\b(?:\?\.|\.|\[)\s*['"]?env\b|\benv\b[^;]*\bfrom\s*['"](?:node:)?process['"]/;

/** The path of a grammar, spelled out. */
const GRAMMAR = new RegExp(`['"\`](?:${new DialectTable().mounts.join('|')})(?![\\w-])`);

/** Who knows Fastify; the rest of http/ answers whoever takes requests in. */
const FASTIFY = [
  'app',
  'server',
  'fastify',
  'http/plugin.ts',
  'http/reply.ts',
  'http/ops/ops.ts',
  'http/ops/admin.ts',
  'http/ops/routes.ts',
  'http/pages/routes.ts',
  'http/pages/send.ts',
  'http/pages/status-page.ts',
  'http/ops/request-log.ts',
  'http/lane/connection-rules.ts',
];
const RESERVED: readonly Reserved[] = [
  { what: 'process.env', pattern: ENVIRONMENT, allowed: ['config', 'cli/serve.ts'] },
  { what: 'fastify', pattern: imports('(?:fastify|@fastify/[\\w-]+)'), allowed: FASTIFY },
  { what: 'node:cluster', pattern: imports('(?:node:)?cluster'), allowed: ['cli', 'cluster'] },
];

t.test('imports in src go down only', async (t) => {
  const sources = readSources(new URL('../src/', import.meta.url));
  t.ok(sources.size > 30, 'the source is found');
  t.ok(importsOf(sources.get('app.ts') ?? '').includes('./core.ts'), 'and so are its imports');
  t.strictSame(findFaults(sources, LAYERS, RESERVED), []);
});

t.test('http/ knows no grammar by its path', async (t) => {
  const withoutComments = (source: string): string => source.replace(/\/\*.*?\*\/|^\s*\/\/[^\n]*$/gms, '');
  const sources = [...readSources(new URL('../src/http/', import.meta.url))];
  t.match("getRoute('/image/*')", GRAMMAR, 'it would be seen');
  t.strictSame(
    sources.flatMap(([file, source]) => (GRAMMAR.test(withoutComments(source)) ? [file] : [])),
    [],
  );
});

t.test('the cache knows bytes and keys, never images', async (t) => {
  t.strictSame([...below(LAYERS, 'cache')], ['cache', 'errors', 'formats', 'backoff', 'make-folder']);
});

const FAULTS: ReadonlyArray<readonly [string, Record<string, string>, string[]]> = [
  ['an edge down', { 'app.ts': `import { a } from './errors.ts';`, 'errors.ts': '' }, []],
  [
    'an edge up, only for a type',
    { 'app.ts': '', 'cache/a.ts': `import type {\n  App,\n} from '../app.ts';` },
    ['cache/a.ts must not import app.ts'],
  ],
  [
    'an edge aside',
    { 'cache/a.ts': `export { b } from '../options/b.ts';`, 'options/b.ts': '' },
    ['cache/a.ts must not import options/b.ts'],
  ],
  [
    'a dynamic import and one for its effect',
    {
      'label/a.ts': `const b = await import('../render/b.ts');\nimport '../app.ts';`,
      'render/b.ts': '',
      'app.ts': '',
    },
    ['label/a.ts must not import app.ts', 'label/a.ts must not import render/b.ts'],
  ],
  [
    'a cycle within a layer',
    { 'http/a.ts': `import './b.ts';`, 'http/b.ts': `import './c.ts';`, 'http/c.ts': `import './a.ts';` },
    ['cycle: http/a.ts -> http/b.ts -> http/c.ts -> http/a.ts'],
  ],
  ['a file without a layer', { 'extra.ts': '' }, ['extra.ts has no layer']],
  [
    'an import of nothing',
    { 'app.ts': `import './gone.ts';` },
    ['app.ts imports gone.ts, which is not there'],
  ],
  [
    'packages in the wrong place',
    {
      'cache/a.ts': `import { x } from 'fastify';\nimport y from '@fastify/etag';`,
      'render/b.ts': `require('fastify')`,
    },
    ['cache/a.ts must not use fastify', 'render/b.ts must not use fastify'],
  ],
  [
    'packages in the right place',
    { 'http/plugin.ts': `import 'fastify';\nimport f from '@fastify/etag';` },
    [],
  ],
  [
    'the environment, in each spelling',
    {
      'config/a.ts': 'process.env',
      'app.ts': `process.env['A']`,
      'http/a.ts': `process['env'].A`,
      'http/b.ts': `import { env } from 'node:process';`,
      'label/c.ts': `const { A } = process.env;`,
    },
    ['app.ts', 'http/a.ts', 'http/b.ts', 'label/c.ts'].map((file) => `${file} must not use process.env`),
  ],
];

t.test('the checker finds what it is for', async (t) => {
  for (const [name, files, faults] of FAULTS) {
    t.strictSame(findFaults(new Map(Object.entries(files)), LAYERS, RESERVED).sort(), faults, name);
  }
});
