import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import t, { type Test } from 'tap';
import { FileStore } from '../../../../src/cache/stores/file/file-store.ts';
import { openStore } from '../../../../src/cache/stores/open-store.ts';
import { POLL } from '../../../../src/cache/stores/polled-bus.ts';
import { eventually } from '../../../helper/wait.ts';
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

t.test('a file is the value and nothing else, and ends when it says, over a restart', async (t) => {
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

t.test('what is not its own stays', async (t) => {
  const folder = await newFolder(t);
  await writeFile(join(folder, 'letter.txt'), 'dear');
  const store = new FileStore(`file:${folder}`, 5000);
  t.teardown(() => store.close());
  await store.connect();
  t.equal(await store.deleteMatching('*', () => true), 0);
  t.strictSame((await readdir(folder)).sort(), ['greybox-cache', 'letter.txt']);
});

t.test('a folder that somebody removes is made again', async (t) => {
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

t.test('no key leads out of the folder, and one that is too long is not kept', async (t) => {
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

t.test('a folder that cannot be is an outage, with its reason', async (t) => {
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

t.test('which store a URL means', async (t) => {
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
