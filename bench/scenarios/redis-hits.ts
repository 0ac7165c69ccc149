import { fetchHit, headersByName } from '../lib/answer.ts';
import { bars, rowBars } from '../lib/bars.ts';
import { CONNECTIONS, SECONDS } from '../lib/contest.ts';
import { GREYBOX, PATH } from '../lib/entrants.ts';
import { startRedis } from '../lib/redis.ts';
import { interleave } from '../lib/rounds.ts';
import { type Server, startGreybox, startPeer, withServers } from '../lib/servers.ts';
import { measured, PINNING_NOTE, servingRows } from '../lib/serving.ts';
import { lacksTool } from '../lib/tools.ts';
import { LOAD_TOOL, saturate } from '../lib/wrk.ts';
import type { Row, RunOptions, Scenario } from '../scenario.ts';

const KEY = '600.400.png';
const LOOP = 'node:http and getBuffer';

/** What greybox is to be of the bare loop. */
const AIM = 0.6;

/** @throws where greybox does not answer from Redis, or the loop sends anything else */
async function checkAnswers(greybox: Server, loop: Server): Promise<void> {
  const [ours, theirs] = await Promise.all([greybox, loop].map(({ origin }) => fetchHit(`${origin}${PATH}`)));
  if (!ours || !theirs || headersByName(ours)['x-cache'] !== 'hit-redis')
    throw new Error('greybox has no hit in Redis');
  if (!ours.body.equals(theirs.body) || ours.headers.length !== theirs.headers.length)
    throw new Error('the loop answers otherwise');
}

async function compare(redis: string, options: RunOptions): Promise<Row[]> {
  return withServers([() => startGreybox({ CACHE_URL: redis, MEMORY_CACHE_MB: '0' })], (greybox) =>
    withServers(
      [() => startPeer('programs/redis-loop.ts', `${greybox.origin}${PATH}`, KEY, redis)],
      async (loop) => {
        await checkAnswers(greybox, loop);
        const contestants = Object.entries({ [GREYBOX]: greybox, [LOOP]: loop }).map(([name, server]) => ({
          name,
          round: () => measured(server, () => saturate(`${server.origin}${PATH}`, CONNECTIONS, SECONDS)),
        }));
        return servingRows(await interleave(contestants, options), [LOOP]);
      },
    ),
  );
}

export const scenario: Scenario = {
  name: 'redis-hits',
  title: 'Hits in Redis, the memory tier off',
  run: async (options) => {
    const { note, aim, keep } = options;
    const reason = lacksTool('redis');
    if (reason !== undefined) {
      note(`Left out: ${reason}.`);
      return [];
    }
    const redis = await startRedis();
    try {
      const rows = await compare(redis.url, options);
      aim('hits in Redis, of node:http and getBuffer', rows[0]?.[`/ ${LOOP}`] as number, { least: AIM });
      note(`${LOAD_TOOL} ${PINNING_NOTE} Redis runs on the core of the load.`);
      note(
        'greybox asks for the value and for the time that it has left, and says both; the loop only for the value.',
      );
      const panel = { title: 'MEMORY_CACHE_MB=0', bars: rowBars(rows, { value: 'requests/s per core' }) };
      keep('redis-hits.svg', bars('Hits in Redis per second and core', [panel]));
      return rows;
    } finally {
      await redis.stop();
    }
  },
};
