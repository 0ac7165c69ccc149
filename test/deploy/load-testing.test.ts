import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { type Service, startService } from '../helper/service.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const text = await readFile(join(ROOT, 'docs/load-testing.md'), 'utf8');

/** The blocks of a language. */
const blocks = (language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block ?? '');

const PATH = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter);

const TOKEN = 'of-the-operator';

async function run(line: string, cwd: string): Promise<{ code: number | null; said: string }> {
  const child = spawn('sh', ['-c', line], {
    cwd,
    env: { ...process.env, PATH, ADMIN_TOKEN: TOKEN },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

/** A line of the document against a service, for a second. */
const here = (line: string, service: Service): string =>
  line
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${service.port}`)
    .replace('-d10s', '-d1s')
    .replace('-d 10', '-d 1')
    .replace('seq 1 500', 'seq 1 40');

interface Numbers {
  readonly requests: { readonly total: number };
  readonly tiers: { readonly memory: { readonly hits: number; readonly entries: number } };
  readonly renders: { readonly total: number };
}

const numbers = async (service: Service): Promise<Numbers> =>
  (await (await fetch(`${service.url}/status.json`)).json()) as Numbers;

/** Whether `sh` finds a command. */
const has = async (command: string): Promise<boolean> =>
  (await run(`command -v ${command}`, ROOT)).code === 0;

/** What each line of the document is to do; the rest of a line does not matter. */
const LINES: readonly (readonly [begin: RegExp, done: (t: Test, did: Numbers, said: string) => void])[] = [
  [/^curl -s -o .*\/image\/600x400$/, (t, { renders }) => t.equal(renders.total, 1, 'it warms')],
  [/^wrk .*600x400$/, (t, { tiers }) => t.ok(tiers.memory.hits > 10, `${tiers.memory.hits} hits`)],
  [/^autocannon .*600x400$/, (t, { tiers }) => t.ok(tiers.memory.hits > 10, `${tiers.memory.hits} hits`)],
  [/^seq /, (t, { renders }) => t.equal(renders.total, 40, 'each is warm')],
  [
    /^wrk .*-s misses\.lua/,
    (t, { renders, tiers }) => {
      t.ok(renders.total > 1, `${renders.total} drawn`);
      t.equal(tiers.memory.hits, 0, 'each was a miss');
    },
  ],
  [
    /^curl -sI .*no-store/,
    (t, { tiers }, said) => {
      t.match(said, /^cache-status: greybox-memory; fwd=request\r$/im);
      t.equal(tiers.memory.entries, 0, 'it is kept nowhere');
    },
  ],
  [/^curl -sI /, (t, _, said) => t.match(said, /^x-cache: miss\r$.*^server-timing: [^\n]*render;dur=/ims)],
];

t.test('each line of docs/load-testing.md does what it says', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-load-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const [lua = ''] = blocks('lua');
  t.match(lua, /^-- misses\.lua/);
  await writeFile(join(folder, 'misses.lua'), lua);
  const lines = blocks('sh').map((block) => block.trim());
  t.equal(lines.length, LINES.length);
  for (const [index, [begin, done]] of LINES.entries()) {
    const line = lines[index] ?? '';
    t.match(line, begin);
    const [tool = ''] = line.split(' ');
    const skip = (await has(tool)) ? false : `${tool} is not installed`;
    await t.test(line, { skip }, async (t) => {
      const service = await startService(t, { env: { ADMIN_TOKEN: TOKEN } });
      const { code, said } = await run(here(line, service), folder);
      t.equal(code, 0, said);
      done(t, await numbers(service), said);
    });
  }
});

t.test('k6 script: it is JavaScript, and asks for what is there', async (t) => {
  const [script = ''] = blocks('js');
  t.match(script, /^\/\/ hits\.js: k6 run hits\.js/);
  const folder = await mkdtemp(join(tmpdir(), 'greybox-k6-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'hits.mjs'), script);
  const { code, said } = await run(`node --check hits.mjs`, folder);
  t.equal(code, 0, said);
  const skip = (await has('k6')) ? false : 'k6 is not installed';
  await t.test('and it runs', { skip }, async (t) => {
    const service = await startService(t);
    await fetch(`${service.url}/image/600x400`);
    await writeFile(join(folder, 'hits.js'), here(script, service).replace("'10s'", "'1s'"));
    const ran = await run('k6 run hits.js', folder);
    t.equal(ran.code, 0, ran.said);
  });
});
