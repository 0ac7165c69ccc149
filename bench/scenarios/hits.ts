import { type Answer, fetchHit } from '../lib/answer.ts';
import { type Server, startGreybox, startPeer, withServers } from '../lib/processes.ts';
import { interleave } from '../lib/rounds.ts';
import { measured, PINNING_NOTE, servingRows } from '../lib/serving.ts';
import { LOAD_TOOL, saturate } from '../lib/wrk.ts';
import type { Scenario } from '../scenario.ts';

const PATH = '/image/600x400';
const CONNECTIONS = 64;

/** Length of one turn, in s. */
const TURN = { full: 3, short: 1 };

/** The time left differs from second to second. */
const normal = ({ headers, body }: Answer): string =>
  `${headers.join('\n').replace(/ttl=\d+/, 'ttl=')}\n${body.toString('base64')}`;

/** All contestants must send the same headers, in the same order, and the same bytes. */
async function checkAnswers(servers: readonly Server[]): Promise<Answer> {
  const [first, ...others] = await Promise.all(servers.map(({ origin }) => fetchHit(`${origin}${PATH}`)));
  if (!first) throw new Error('no server');
  const at = first.headers.indexOf('x-cache');
  if (first.headers[at + 1] !== 'hit-memory') throw new Error('the second answer is no hit in memory');
  const different = others.findIndex((answer) => normal(answer) !== normal(first));
  if (different >= 0) throw new Error(`${servers[different + 1]?.origin} answers otherwise`);
  return first;
}

export const scenario: Scenario = {
  name: 'hits',
  title: 'Hits in memory, beside the same answer from bare servers',
  run: (options) =>
    withServers([startGreybox], (greybox) => {
      const url = `${greybox.origin}${PATH}`;
      const peers = [() => startPeer('node-server.ts', url), () => startPeer('fastify-server.ts', url)];
      return withServers(peers, async (node, fastify) => {
        const servers = { greybox, 'node:http': node, 'Fastify reply.send': fastify };
        const { body } = await checkAnswers(Object.values(servers));
        const seconds = options.short ? TURN.short : TURN.full;
        const load = (server: Server) => async () => ({
          rate: await saturate(`${server.origin}${PATH}`, CONNECTIONS, seconds),
          seconds,
        });
        const contestants = Object.entries(servers).map(([name, server]) => ({
          name,
          round: () => measured(server, load(server)),
        }));
        const turns = await interleave(contestants, options);
        options.note(
          `${PATH}, ${body.length} bytes, ${CONNECTIONS} connections. ${LOAD_TOOL} ${PINNING_NOTE}`,
        );
        return servingRows(turns);
      });
    }),
};
