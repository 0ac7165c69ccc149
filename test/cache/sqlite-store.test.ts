import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openStore } from '../../src/cache/open-store.ts';
import { SqliteStore } from '../../src/cache/sqlite-store.ts';
import { runCli } from '../helper/service.ts';
import { storeContract } from './store-contract.ts';

/** Whether this Node has SQLite. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const has = major > 22 || (major === 22 && minor >= 13);

async function newFile(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-sqlite-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'cache.db');
}

const tests: Readonly<Record<string, (t: Test) => Promise<void>>> = {
  'the store contract, on a file of SQLite': async (t) => {
    const file = await newFile(t);
    await storeContract(t, {
      name: 'sqlite',
      create: (timeout) => new SqliteStore(`sqlite:${file}`, timeout),
      prefix: 'p:',
      // A row without an end is none that the table takes.
      writeForever: async () => {},
    });
  },

  'it ends when it says, over a restart': async (t) => {
    const file = await newFile(t);
    let time = Date.UTC(2026, 0, 1);
    const start = async (): Promise<SqliteStore> => {
      const store = new SqliteStore(`sqlite://${file}`, 5000, () => time);
      t.teardown(() => store.close());
      await store.connect();
      return store;
    };
    const first = await start();
    await first.set('600.400.png', Buffer.from('picture'), 3_600_000);
    await first.close();
    time += 3_599_999;
    const second = await start();
    t.match(await second.get('600.400.png'), { ttl: 1, body: Buffer.from('picture') });
    time += 1;
    t.equal(await second.get('600.400.png'), undefined);
  },

  'a file that cannot be is an outage, with its reason': async (t) => {
    const store = openStore('sqlite:/no/such/folder/cache.db', 5000);
    const told: unknown[] = [];
    store.onConnection((up, error) => told.push(up, error?.message));
    await store.connect();
    t.match(told, [false, /unable to open/]);
    await t.rejects(store.ping());
  },
};

const older: typeof tests = {
  'a Node without SQLite says so, before anything listens': async (t) => {
    const { code, stderr } = await runCli(t, ['serve'], { CACHE_URL: 'sqlite:/tmp/never.db', PORT: '0' });
    t.equal(code, 2);
    t.match(stderr, /^greybox: CACHE_URL: sqlite: needs Node 22\.13 or later, this is v/);
  },
};

for (const [name, run] of Object.entries(has ? tests : older)) t.test(name, run);
