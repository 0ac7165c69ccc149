import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import type { WireMessage } from '../../../src/http/lane/wire-message.ts';
import type { HitRequest } from '../../../src/http/protocol/hit-request.ts';
import { createHits } from '../../helper/hits.ts';
import { get, KeptConnection } from '../../helper/lane.ts';
import { startService } from '../../helper/service.ts';
import { eventually } from '../../helper/wait.ts';

const keepAlive = (): number => 72_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of buffers that something still refers to. */
function held(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}

/** Ready responses of a memory, and what a request for one of its pictures is sent. */
function createReady(megabytes: number) {
  const { memory, ready, remember: keep } = createHits(megabytes * 2 ** 20);
  /** Keeps the picture of a width, and has its response to a target ready. */
  const remember = (width: number, bytes: number, target: string): void =>
    keep(width, Buffer.alloc(bytes, width), `"${width}"`, target);
  const send = (target: string, ifNoneMatch?: string): WireMessage | undefined => {
    const hit: HitRequest = { method: 'GET', target, host: 'a', accept: undefined, ifNoneMatch };
    const found = ready.find(hit);
    const entry = found && ready.entryOf(found);
    return entry && ready.messageOf(found, found.formFor(hit), entry, keepAlive);
  };
  return { memory, remember, send };
}

t.test('one picture under many names has one message', async (t) => {
  const { remember, send } = createReady(1);
  const targets = Array.from({ length: 4000 }, (_, i) => `/image/1x1?v=${i}`);
  for (const target of targets) remember(1, 31_000, target);
  const messages = targets.map((target) => send(target)).filter((message) => message !== undefined);
  t.ok(messages.length > 3000, `${messages.length} names are remembered`);
  // A second may have passed meanwhile.
  t.ok(new Set(messages.map(({ bytes }) => bytes)).size <= 2);
  t.match(messages[0]?.bytes.toString('latin1'), /^HTTP\/1\.1 200 OK\r\n.*content-length: 31000\r\n/s);
});

t.test('pictures of the same form do not share one', async (t) => {
  const { remember, send } = createReady(1);
  for (const width of [1, 2]) remember(width, 100, `/image/${width}x1`);
  for (const width of [1, 2]) {
    const text = send(`/image/${width}x1`)?.bytes.toString('latin1');
    t.match(text, `etag: "${width}"`);
    t.equal(text?.at(-1), String.fromCharCode(width));
    t.match(send(`/image/${width}x1`, `"${width}"`)?.bytes.toString(), /^HTTP\/1\.1 304 /);
  }
});

t.test('a picture drawn anew has the lifetime of the new drawing', async (t) => {
  const { memory, remember, send } = createReady(1);
  remember(1, 100, '/image/1x1');
  const [key] = Object.keys(memory.top(1)) as [string];
  const entry = memory.hit(key);
  const lives = [3600, 1800, 3000].map((seconds) => {
    if (entry) memory.set(key, { ...entry, expiresAt: seconds * 1000 });
    return /ttl=(\d+)/.exec(send('/image/1x1')?.bytes.toString('latin1') ?? '')?.[1];
  });
  // All within a second, as a rule: what is written for it is not what memory had before.
  t.strictSame(lives, ['3600', '1800', '3000']);
});

t.test('a large body belongs to the memory tier, and goes with its entry', async (t) => {
  const { memory, remember, send } = createReady(8);
  const before = held();
  for (let width = 1; width <= 30; width++) {
    remember(width, 4_500_000, `/${width}`);
    const messages = [send(`/${width}`), send(`/${width}`)];
    for (const message of messages) {
      t.equal(message?.rest?.length, 4_500_000);
      t.ok((message?.bytes.length ?? 0) < 2000, 'a head alone');
    }
  }
  t.equal(send('/1'), undefined, 'what memory has let go of is no hit');
  t.equal(memory.size, 1);
  // V8 frees buffers in a thread of its own.
  await eventually('the bodies to go', () => held() - before < 16 * 2 ** 20);
});

/** What a process has resident, in MiB. */
const resident = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024;

const skip = process.platform === 'linux' ? false : 'resident memory is read from /proc';

t.test('thousands of names for one picture take little of a service', { skip }, async (t) => {
  const { pid, port } = await startService(t, { env: { MEMORY_CACHE_MB: '8' } });
  const picture = '/image/700x700.jpg?quality=98&text=Thirty%20kilobytes';
  const connection = new KeptConnection(port);
  t.teardown(() => connection.close());
  const ask = (target: string) => connection.ask(get(target));
  const { headers } = await ask(picture);
  const length = Number(headers.get('content-length'));
  t.ok(length > 20_000 && length < 32_768, `${length} bytes`);
  for (let i = 0; i < 500; i++) await ask(picture);
  const before = resident(pid);
  for (let i = 0; i < 4000; i++) for (let times = 0; times < 3; times++) await ask(`${picture}&v=${i}`);
  const grown = resident(pid) - before;
  t.ok(grown < 70, `${grown.toFixed(1)} MiB`);
});
