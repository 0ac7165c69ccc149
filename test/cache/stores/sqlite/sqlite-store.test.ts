import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { SharedTier } from '../../../../src/cache/shared-tier.ts';
import { openStore } from '../../../../src/cache/stores/open-store.ts';
import { POLL } from '../../../../src/cache/stores/polled-bus.ts';
import { SQLITES } from '../../../../src/cache/stores/sqlite/sqlite.ts';
import { SqliteStore } from '../../../../src/cache/stores/sqlite/sqlite-store.ts';
import { runCli, startService } from '../../../helper/service.ts';
import { eventually, timed } from '../../../helper/wait.ts';
import { storeContract } from '../store-contract.ts';

async function newFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-sqlite-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const newFile = async (t: Test): Promise<string> => join(await newFolder(t), 'cache.db');

/** The kinds of SQLite that this Node can load. */
const loadable = Object.entries(SQLITES).flatMap(([name, load]) => {
  try {
    return [[name, load()] as const];
  } catch {
    return [];
  }
});

t.ok(
  loadable.some(([name]) => name === 'libsql'),
  'the package is there',
);

for (const [name, Database] of loadable) {
  t.test(`the store contract, on a file of SQLite through ${name}`, async (t) => {
    const file = await newFile(t);
    await storeContract(t, {
      name: 'sqlite',
      create: (timeout) => new SqliteStore(`sqlite:${file}`, timeout, Date.now, name),
      prefix: 'p:',
      // A row without an end is none that the table takes.
      writeForever: async () => {},
      loseMessages: async () => {
        const database = new Database(file);
        database.exec("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'greybox_messages'");
        database.close();
      },
      hears: POLL,
    });
  });
}

/** Pairs of writer and reader: a Node that is updated finds what the one before has left. */
const pairs = loadable.flatMap(([writer]) => loadable.map(([reader]) => [writer, reader] as const));

t.test('values expire on time after a restart', async (t) => {
  for (const [writer, reader] of pairs) {
    const file = await newFile(t);
    let time = Date.UTC(2026, 0, 1);
    const start = async (kind: string): Promise<SqliteStore> => {
      const store = new SqliteStore(`sqlite://${file}`, 5000, () => time, kind);
      t.teardown(() => store.close());
      await store.connect();
      return store;
    };
    const first = await start(writer);
    await first.set('600.400.png', Buffer.from('picture'), 3_600_000);
    await first.close();
    time += 3_599_999;
    const second = await start(reader);
    t.match(await second.get('600.400.png'), { ttl: 1, body: Buffer.from('picture') });
    time += 1;
    t.equal(await second.get('600.400.png'), undefined);
  }
});

t.test('a file that cannot be created is an outage, with its reason, until it can be', async (t) => {
  const folder = join(await newFolder(t), 'later');
  const store = openStore(`sqlite:${folder}/cache.db`, 5000);
  t.teardown(() => store.close());
  const told: unknown[] = [];
  store.onConnection((up, error) => told.push(up, error?.message));
  await store.connect();
  t.match(told, [false, /unable to open/i]);
  await t.rejects(store.ping());
  await mkdir(folder);
  await store.ping();
  await store.set('1.1.png', Buffer.from('a'), 1000);
  t.ok(await store.get('1.1.png'));
});

t.test('a message from another program may hide one of ours: everything is forgotten', async (t) => {
  const file = await newFile(t);
  const store = new SqliteStore(`sqlite:${file}`, 5000);
  t.teardown(() => store.close());
  let gaps = 0;
  store.bus.subscribe('c', {
    heard: () => t.fail('heard'),
    gap: () => {
      gaps += 1;
    },
  });
  await store.connect();
  const [, Database] = loadable[0] ?? [];
  const database = Database && new Database(file);
  for (const [index, message] of ['rubbish', '[]', 'null', '{"to":1}'].entries()) {
    database?.prepare('INSERT INTO greybox_messages (message, ends) VALUES (?, 9e15)').run(message);
    await eventually(`a gap for ${message}`, () => gaps === index + 2);
  }
  database?.close();
});

/** Another process that holds the lock of writing until it is told to let go. */
async function lock(t: Test, file: string): Promise<{ release(): Promise<void> }> {
  const script = `
    const database = new (require('libsql'))(${JSON.stringify(file)});
    database.exec('BEGIN IMMEDIATE');
    process.stdout.write('locked');
    process.stdin.once('data', () => { database.exec('COMMIT'); process.exit(0); });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  t.teardown(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return {
    release: async () => {
      child.stdin.write('go');
      await ended;
    },
  };
}

/** The longest time that the event loop was held up while a task ran, in ms. */
async function longestHold(task: () => Promise<unknown>): Promise<number> {
  let [last, longest, isOver] = [performance.now(), 0, false];
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(look);
  };
  look();
  await task().finally(() => {
    isOver = true;
  });
  return longest;
}

for (const [kind] of loadable) {
  t.test(`while another process holds the lock hits go on, and nobody waits: ${kind}`, async (t) => {
    const file = await newFile(t);
    const timeout = 1000;
    const store = new SqliteStore(`sqlite:${file}`, timeout, Date.now, kind);
    const [changes, writing]: [string[], string[]] = [[], []];
    const tier = new SharedTier(store, {
      onChange: (state) => void changes.push(state),
      onWriting: (state, error) => void writing.push(`${state} ${error?.message ?? ''}`),
    });
    t.teardown(() => tier.close());
    await tier.connect();
    t.equal(tier.set('1.1.png', Buffer.from('a'), 60_000), true);
    await eventually('a write', () => tier.stats.sets === 1);
    const { release } = await lock(t, file);
    const waits: number[] = [];
    const hold = await longestHold(async () => {
      const writes = Array.from({ length: 5 }, (_, index) =>
        timed(() => store.set(`2.${index}.png`, Buffer.from('a'), 60_000)),
      );
      t.equal(tier.set('3.1.png', Buffer.from('a'), 60_000), true, 'it is not known yet');
      for (let time = 0; time < 200; time += 1) {
        const { ms, outcome } = await timed(() => tier.get('1.1.png', () => true));
        if (outcome.status === 'rejected' || outcome.value.result !== 'hit') t.fail('no hit');
        waits.push(ms);
      }
      for (const { ms, outcome } of await Promise.all(writes)) {
        t.equal(outcome.status, 'rejected');
        t.ok(ms < timeout + 500, `a write was given up after ${Math.round(ms)} ms`);
      }
    });
    t.ok(hold < 500, `the event loop was held up for ${Math.round(hold)} ms at most`);
    const median = waits.sort((one, other) => one - other)[100] as number;
    t.ok(median < 50, `the median of hits is ${median.toFixed(1)} ms`);
    await eventually('a refusal', () => writing.length === 1);
    t.match(writing, [/^refused .*locked/]);
    t.equal(tier.set('3.2.png', Buffer.from('a'), 60_000), false, 'stored is not said');
    t.strictSame(changes, [], 'it is still read');
    await release();
    await eventually('writes', () => tier.set('3.3.png', Buffer.from('a'), 60_000));
    t.match(writing, [/^refused/, /^accepted/]);
  });
}

t.test('the service keeps its pictures in it', async (t) => {
  const env = { CACHE_URL: `sqlite:${await newFile(t)}` };
  for (const tier of ['miss', 'hit-sqlite']) {
    const service = await startService(t, { env });
    const response = await fetch(`${service.url}/image/60x40`);
    t.equal(response.headers.get('x-cache'), tier);
    await service.stop();
  }
});

t.test('without any SQLite the service says what to install, before anything listens', async (t) => {
  const hook = join(await newFolder(t), 'without.cjs');
  const fail = "throw Object.assign(new Error('none'), { code: 'MODULE_NOT_FOUND' })";
  await writeFile(
    hook,
    `const Module = require('node:module'); const load = Module._load;
    Module._load = function (name, ...rest) { if (/^(libsql|node:sqlite)$/.test(name)) ${fail}; return load.call(this, name, ...rest); };`,
  );
  const env = { CACHE_URL: 'sqlite:/tmp/never.db', PORT: '0', NODE_OPTIONS: `--require=${hook}` };
  const { code, stderr } = await runCli(t, ['serve'], env);
  t.equal(code, 2);
  t.match(stderr, /^greybox: CACHE_URL: sqlite: needs the package libsql .*: npm install libsql$/m);
});
