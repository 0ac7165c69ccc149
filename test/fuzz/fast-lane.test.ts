import fc from 'fast-check';
import t from 'tap';
import { FUZZ_SEED } from '../helper/fuzz-seed.ts';
import { startPeers } from './lane-peers.ts';
import { CONVERSATION } from './wire-grammar.ts';

const RUNS = Number(process.env['LANE_RUNS'] ?? 2000);

t.test('whatever a connection sends, the lane changes neither answers nor what node:http gets', async (t) => {
  t.comment(`seed ${FUZZ_SEED}`);
  const peers = await startPeers();
  t.teardown(() => peers.close());
  let answered = 0;
  let handedOver = 0;
  const property = fc.asyncProperty(CONVERSATION, async (pieces) => {
    const { plain, laned } = await peers.converse(pieces);
    if (plain !== laned) throw new Error(`answers differ:\n${plain}\n--- with the lane:\n${laned}`);
    const { requests } = peers;
    const byLane = requests.plain.length - requests.laned.length;
    const rest = requests.plain.slice(Math.max(0, byLane));
    if (JSON.stringify(rest) !== JSON.stringify(requests.laned))
      throw new Error(`node:http got ${requests.laned}, not ${requests.plain}`);
    answered += byLane;
    handedOver += requests.laned.length;
  });
  await fc.assert(property, { seed: FUZZ_SEED, numRuns: RUNS });
  t.comment(`${answered} requests were answered by the lane, ${handedOver} handed over`);
  t.ok(answered >= RUNS / 8 && handedOver >= RUNS / 8, 'both were seen');
});
