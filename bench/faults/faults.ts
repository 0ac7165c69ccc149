import type { FaultyProxy } from '../../test/helper/proxy.ts';
import { PASS, RESET, RUBBISH, slow } from '../../test/helper/proxy.ts';
import type { RedisServer } from '../../test/helper/redis.ts';
import { nextPictures, type Picture } from './load.ts';

/** What a fault is done to. */
export interface Site {
  readonly redis: RedisServer;
  /** Between the service and Redis, where the fault wants it. */
  readonly proxy: FaultyProxy;
}

/** Something that goes wrong with Redis. */
export interface Fault {
  readonly name: string;
  /** Whether the service reaches Redis through the proxy. */
  readonly proxied?: true;
  /** Before the service starts. */
  readonly prepare?: (site: Site) => Promise<void>;
  readonly begin: (site: Site) => unknown;
  readonly end: (site: Site) => unknown;
  /** What it answers is still used: the breaker stays closed. */
  readonly readable?: true;
  /** Look-ups come back with something that must not be used. */
  readonly misleading?: true;
}

/** Longer than the bound on one call. */
const TOO_LONG = 300;
/** How long Redis is there, and gone, while it flaps; ms. */
const FLAP = 250;

let flapping: NodeJS.Timeout | undefined;

/** How many pictures to come have a damaged value; more than are asked for in a run. */
const DAMAGED = 4000;

/** The root element of the pictures of the load, as far as their size. */
const whole = ({ width, height }: Picture): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path d="M0 0"/></svg>`,
  );

/** Ways in which a value is not what its key promises. */
const DAMAGE: Readonly<Record<string, (picture: Picture) => Buffer>> = {
  'a value cut short': (picture) => whole(picture).subarray(0, -3),
  'a value with a flipped bit in its header': (picture) => {
    const bytes = whole(picture);
    bytes.writeUInt8(bytes.readUInt8(1) ^ 1, 1);
    return bytes;
  },
  'a value of another size': ({ width, height, ...rest }) => whole({ ...rest, width: width + 1, height }),
  "another program's value": () => Buffer.from('{"session":"4f1a"}'),
};

/** Nothing is down: what Redis has for the pictures to come is wrong, and must not be served. */
const damaged: readonly Fault[] = Object.entries(DAMAGE).map(([name, damage]) => ({
  name,
  readable: true,
  misleading: true,
  begin: async ({ redis }) => {
    const pipeline = redis.client.pipeline();
    for (const picture of nextPictures(DAMAGED)) pipeline.set(picture.key, damage(picture), 'PX', 3_600_000);
    await pipeline.exec();
  },
  end: ({ redis }) => redis.client.unlink(...nextPictures(DAMAGED).map(({ key }) => key)),
}));

/** Everything that the shared tier is promised to survive. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'refused from the start',
    prepare: ({ redis }) => redis.stop(),
    begin: () => {},
    end: ({ redis }) => redis.restart(),
  },
  {
    name: 'killed, then started again',
    begin: ({ redis }) => redis.stop(),
    end: ({ redis }) => redis.restart(),
  },
  {
    name: 'hung (SIGSTOP)',

    begin: ({ redis }) => redis.pause(),
    end: ({ redis }) => redis.resume(),
  },
  {
    name: `slow (every answer ${TOO_LONG} ms late)`,

    proxied: true,
    begin: ({ proxy }) => proxy.treat(slow(TOO_LONG)),
    end: ({ proxy }) => proxy.treat(PASS),
  },
  {
    name: 'connection reset in the middle of an answer',
    proxied: true,
    begin: ({ proxy }) => proxy.treat(RESET),
    end: ({ proxy }) => proxy.treat(PASS),
  },
  {
    name: 'rubbish for an answer',
    proxied: true,
    begin: ({ proxy }) => proxy.treat(RUBBISH),
    end: ({ proxy }) => proxy.treat(PASS),
  },
  {
    name: 'out of memory (noeviction)',
    readable: true,
    begin: ({ redis }) => redis.client.config('SET', 'maxmemory', '1'),
    end: ({ redis }) => redis.client.config('SET', 'maxmemory', '0'),
  },
  {
    name: 'read-only (a replica)',
    readable: true,
    begin: ({ redis }) => redis.client.call('replicaof', '127.0.0.1', '1'),
    end: ({ redis }) => redis.client.call('replicaof', 'no', 'one'),
  },
  {
    name: `flapping (${FLAP} ms each way)`,
    begin: ({ redis }) => {
      let up = true;
      flapping = setInterval(() => {
        up = !up;
        if (up) redis.resume();
        else redis.pause();
      }, FLAP);
    },
    end: ({ redis }) => {
      clearInterval(flapping);
      redis.resume();
    },
  },
  ...damaged,
];
