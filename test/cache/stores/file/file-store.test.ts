import { execFileSync, spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import t, { type Test } from 'tap';
import { SharedTier } from '../../../../src/cache/shared-tier.ts';
import { EntryRefusedError } from '../../../../src/cache/store.ts';
import { FileStore } from '../../../../src/cache/stores/file/file-store.ts';
import { openStore } from '../../../../src/cache/stores/open-store.ts';
import { POLL } from '../../../../src/cache/stores/polled-bus.ts';
import { eventually, timed } from '../../../helper/wait.ts';
import { storeContract } from '../store-contract.ts';

async function newFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-file-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

t.test('the store contract, on a folder', async (t) => {
  const folder = await newFolder(t);
  await storeContract(t, {
    name: 'file',
    create: (timeout) => new FileStore(`file:${folder}`, timeout),
    prefix: 'p/../:',
    maxKey: 240,
    writeForever: (key, body) =>
      writeFile(join(folder, 'greybox-cache', key.replaceAll(/[/:]/g, '+2f')), body),
    loseMessages: async () => {
      const messages = join(folder, 'greybox-cache', '.messages');
      for (const name of await readdir(messages)) await rm(join(messages, name));
    },
    hears: POLL,
  });
});

t.test('a file is the value and nothing else, and expires on time after a restart', async (t) => {
  const folder = await newFolder(t);
  let time = Date.UTC(2026, 0, 1);
  const start = async (): Promise<FileStore> => {
    const store = new FileStore(`file://${folder}`, 5000, () => time);
    t.teardown(() => store.close());
    await store.connect();
    return store;
  };
  const body = Buffer.from('picture');
  const key = '600.400.png?text=%E4%BD%A0';
  const first = await start();
  await first.set(key, body, 3_600_000);
  const path = join(folder, 'greybox-cache', '600.400.png+3ftext=%E4%BD%A0');
  t.ok((await readFile(path)).equals(body));
  t.equal((await stat(path)).mtimeMs, time + 3_600_000);
  await first.close();
  time += 3_599_999;
  t.equal((await (await start()).get(key))?.ttl, 1);
  time += 1;
  const last = await start();
  t.equal(await last.get(key), undefined);
  await eventually(
    'its end',
    async () => !(await readdir(join(folder, 'greybox-cache'))).includes(basename(path)),
  );
});

t.test('files of others stay', async (t) => {
  const folder = await newFolder(t);
  await writeFile(join(folder, 'letter.txt'), 'dear');
  const store = new FileStore(`file:${folder}`, 5000);
  t.teardown(() => store.close());
  await store.connect();
  t.equal(await store.deleteMatching('*', () => true), 0);
  t.strictSame((await readdir(folder)).sort(), ['greybox-cache', 'letter.txt']);
});

t.test('a folder with the name of an entry is none, and stays', async (t) => {
  const folder = await newFolder(t);
  const store = new FileStore(`file:${folder}`, 5000);
  t.teardown(() => store.close());
  await store.connect();
  const other = join(folder, 'greybox-cache', '600.400.png');
  await mkdir(other);
  await utimes(other, new Date(), new Date(Date.now() + 60_000));
  await store.set('6.4.png', Buffer.from('picture'), 60_000);
  t.equal(await store.get('600.400.png'), undefined);
  const refused = await store.set('600.400.png', Buffer.from('picture'), 60_000).catch((error) => error);
  t.ok(refused instanceof EntryRefusedError, 'the store takes others');
  t.equal(await store.delete('600.400.png'), false);
  t.equal((await store.size()).entries, 1);
  t.equal(await store.deleteMatching('*', () => true), 1, 'the others go');
  t.ok((await stat(other)).isDirectory());
});

t.test('a removed folder is created again', async (t) => {
  const folder = await newFolder(t);
  const store = new FileStore(`file:${folder}`, 5000);
  t.teardown(() => store.close());
  await store.connect();
  await rm(join(folder, 'greybox-cache'), { recursive: true });
  t.equal(await store.get('1.1.png'), undefined);
  await t.rejects(store.set('1.1.png', Buffer.from('a'), 60_000), { name: 'WriteRefusedError' });
  await store.set('1.1.png', Buffer.from('a'), 60_000);
  t.ok(await store.get('1.1.png'));
});

t.test('no key leads out of the folder, and a key that is too long is not kept', async (t) => {
  const folder = await newFolder(t);
  const store = new FileStore(`file:${folder}`, 5000);
  t.teardown(() => store.close());
  await store.connect();
  for (const key of ['../out', '/out', '..', '.', 'a/b', 'a\\b', '\0']) {
    await store.set(key, Buffer.from(key), 60_000);
    t.equal((await store.get(key))?.body.toString(), key);
  }
  const names = await readdir(join(folder, 'greybox-cache'));
  t.equal(names.filter((name) => name !== '.messages').length, 7);
  t.strictSame(await readdir(folder), ['greybox-cache']);
  const long = 'k'.repeat(300);
  await t.rejects(store.set(long, Buffer.from('a'), 1000), { name: 'WriteRefusedError' });
  t.equal(await store.get(long), undefined);
  t.equal(await store.delete(long), false);
});

/** A file that hangs whoever opens it, as on a file system that does not answer; `release` lets them go. */
async function hang(t: Test, path: string): Promise<{ release(): Promise<void> }> {
  execFileSync('mkfifo', [path]);
  // The end of an entry is its modification time.
  await utimes(path, Date.now() / 1000 + 3600, Date.now() / 1000 + 3600);
  const release = async (): Promise<void> => {
    // Whoever waits for a writer finds one, and then the end.
    const writer = await open(path, 'r+').catch(() => undefined);
    await rm(path, { force: true });
    await writer?.close();
  };
  t.teardown(release);
  return { release };
}

t.test('a hung file system holds up nobody, and blocks at most half of the threads', async (t) => {
  const folder = await newFolder(t);
  const timeout = 300;
  const store = new FileStore(`file:${folder}`, timeout);
  const changes: string[] = [];
  const tier = new SharedTier(store, { onChange: (state) => void changes.push(state) });
  t.teardown(() => tier.close());
  await tier.connect();
  await store.set('good', Buffer.from('a'), 60_000);
  const hung = await Promise.all(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => hang(t, join(folder, 'greybox-cache', key))),
  );
  const all = await Promise.all(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => timed(() => tier.get(key, () => true))),
  );
  t.ok(
    all.every(({ ms }) => ms < timeout + 300),
    `${all.map(({ ms }) => Math.round(ms))} ms`,
  );
  t.not(tier.state, 'closed', 'nobody asks any more');
  t.strictSame(changes, ['open']);
  const { ms, outcome } = await timed(() => store.get('good'));
  t.match(outcome, { status: 'rejected', reason: { message: /does not answer/ } });
  t.ok(ms < 100, `others fail at once: ${Math.round(ms)} ms`);
  const elsewhere = await timed(() =>
    Promise.all(Array.from({ length: 8 }, () => Promise.all([stat(folder), lookup('localhost')]))),
  );
  t.equal(elsewhere.outcome.status, 'fulfilled');
  t.ok(elsewhere.ms < 1000, `other files and names take ${Math.round(elsewhere.ms)} ms`);
  const { ms: starting } = await timed(async () => {
    const other = new FileStore(`file:${folder}`, timeout);
    await other.connect();
    await other.close();
  });
  t.ok(starting < 2 * timeout + 500, `another starts in ${Math.round(starting)} ms`);
  for (const { release } of hung) await release();
  await eventually('a trial', () => tier.state === 'closed');
  t.match(await tier.get('good', () => true), { result: 'hit' }, 'it is used again');
});

t.test('hung messages hold up neither the start nor the pool', async (t) => {
  const folder = await newFolder(t);
  const first = new FileStore(`file:${folder}`, 300);
  await first.connect();
  first.bus.subscribe('c', { heard: () => {}, gap: () => {} });
  await first.connect();
  t.teardown(() => first.close());
  const messages = join(folder, 'greybox-cache', '.messages');
  const newest = Math.max(...(await readdir(messages)).map(Number));
  for (let more = 1; more <= 6; more += 1) await hang(t, join(messages, String(newest + more)));
  await eventually('a poll that hangs', () =>
    first.get('x').then(
      () => false,
      () => true,
    ),
  );
  const { ms } = await timed(() => stat(folder));
  t.ok(ms < 200, `another file takes ${Math.round(ms)} ms`);
});

t.test('a process with hung calls ends', async (t) => {
  const folder = await newFolder(t);
  const script = `
    import { FileStore } from ${JSON.stringify(new URL('../../../../src/cache/stores/file/file-store.ts', import.meta.url).href)};
    const store = new FileStore('file:${folder}', 100);
    await store.connect();
    await store.get('a').catch(() => {});
    process.exit(3);`;
  const run = async (): Promise<unknown[]> => {
    const child = spawn(process.execPath, ['--import=tsx', '--input-type=module', '-e', script], {
      stdio: 'inherit',
    });
    t.teardown(() => child.kill('SIGKILL'));
    return once(child, 'close');
  };
  t.strictSame(await run(), [3, null], 'a healthy one');
  await hang(t, join(folder, 'greybox-cache', 'a'));
  t.strictSame(await run(), [null, 'SIGKILL'], 'one that hangs');
});

t.test('a folder that cannot be created is an outage, with its reason', async (t) => {
  const folder = await newFolder(t);
  await writeFile(join(folder, 'file'), '');
  const store = new FileStore(`file:${join(folder, 'file')}`, 5000);
  t.teardown(() => store.close());
  const told: unknown[] = [];
  store.onConnection((up, error) => told.push(up, error?.message));
  await store.connect();
  t.match(told, [false, /ENOTDIR|EEXIST/]);
  await t.rejects(store.ping());
});

t.test('each URL opens its kind of store', async (t) => {
  const names = [
    'redis://h',
    'rediss://h',
    'redis+cluster://h',
    'redis+sentinel://h/m',
    'memcached://h',
    'file:/d',
  ];
  for (const url of names) {
    const store = openStore(url, 100);
    t.equal(store.name, /^redis|^memcached|^file/.exec(url)?.[0]);
    await store.close();
  }
  t.throws(() => openStore('http://u:s3cret@h', 100), { message: /no store/ });
});
