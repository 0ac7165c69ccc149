import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Costs, coresOf, instancesFor, type Plan, rateFor, simulate } from './lib/simulation.ts';
import { table } from './lib/table.ts';
import type { Row } from './scenario.ts';

// `npm run simulate` plays a Zipf of URLs through CDN, fleet, Redis and renderer, with the costs that `npm run bench`
// measured, for 1 to 1,000 instances and for rates up to a million requests a second. Every figure of the plan is an option:
// `npm run simulate -- --urls 1000000 --exponent 0.8 --places 0`.

interface Result {
  readonly rows: readonly Row[];
}

/** A figure of the row of greybox in a result of bench. */
function figure(scenario: string, column: string, wanted: Row = {}): number {
  const url = new URL(`results/${scenario}.json`, import.meta.url);
  const { rows } = JSON.parse(readFileSync(url, 'utf8')) as Result;
  const wants = Object.entries({ server: 'greybox', ...wanted });
  const row = rows.find((one) => wants.every(([name, value]) => one[name] === value));
  const value = row?.[column];
  if (typeof value !== 'number') throw new Error(`${url.pathname} lacks ${column}`);
  return value;
}

const costs: Costs = {
  hits: figure('hits', 'requests/s per core', { headers: 'browser' }),
  redisHits: figure('redis-hits', 'requests/s per core'),
  drawn: figure('sweep', 'requests/s per core'),
  bytes: figure('sweep', 'bytes each'),
};

/** Bytes of a picture with its key and what the cache knows of it. */
const ENTRY = costs.bytes + 1000;
/** Fields of an answer, in bytes. */
const FIELDS = 700;

const { values } = parseArgs({
  options: {
    urls: { type: 'string', default: '10000000' },
    exponent: { type: 'string', default: '1' },
    places: { type: 'string', default: '50' },
    'cdn-seconds': { type: 'string', default: '86400' },
    'ttl-seconds': { type: 'string', default: '3600' },
    'memory-mb': { type: 'string', default: '64' },
    redis: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const given = Object.fromEntries(
  Object.entries(values).map(([name, value]) => {
    const number = Number(value);
    if (!Number.isFinite(number) || number < 0) throw new Error(`--${name} must be a number, got ${value}`);
    return [name, number];
  }),
) as Record<keyof typeof values, number>;

const plan: Omit<Plan, 'rate' | 'instances'> = {
  urls: given.urls,
  exponent: given.exponent,
  places: given.places,
  cdnSeconds: given['cdn-seconds'],
  ttlSeconds: given['ttl-seconds'],
  memoryEntries: (given['memory-mb'] * 2 ** 20) / ENTRY,
  redis: values.redis,
};

const percent = (share: number): string => `${(100 * share).toFixed(share > 0.995 ? 2 : 1)} %`;

/** A plan as a row: where its requests end, and what that costs. */
function row(whole: Plan): Row {
  const flow = simulate(whole);
  const cores = coresOf(flow, costs);
  return {
    'requests/s': Math.round(flow.rate),
    instances: whole.instances,
    'hits in the CDN': whole.places === 0 ? '–' : percent(1 - flow.fleet / flow.rate),
    'at the fleet/s': flow.fleet,
    'hits in memory': percent(flow.memory / flow.fleet),
    'hits in Redis': percent(flow.redis / flow.fleet),
    'drawn/s': flow.drawn,
    'cores busy': cores,
    'of them drawing': percent(flow.drawn / costs.drawn / cores),
    'Redis GB': (flow.redisEntries * ENTRY) / 1e9,
    'Redis calls/s': flow.redis + 2 * flow.drawn,
    'Gbit/s to users': (flow.rate * (costs.bytes + FIELDS) * 8) / 1e9,
    'Gbit/s of the fleet': (flow.fleet * (costs.bytes + FIELDS) * 8) / 1e9,
  };
}

const RATES = [100, 1000, 10_000, 100_000, 1_000_000];
const FLEETS = [1, 3, 10, 30, 100, 300, 1000];

const say = (text: string): void => void process.stdout.write(`${text}\n\n`);
const { hits, redisHits, drawn, bytes } = costs;
say(
  `${plan.urls.toLocaleString('en')} URLs, Zipf's exponent ${plan.exponent}. A core does ${Math.round(hits)} hits in memory, ` +
    `${Math.round(redisHits)} in Redis, or ${Math.round(drawn)} drawings a second; a picture has ${Math.round(bytes)} bytes. ` +
    'An instance is one core, at most 60 % busy.',
);
const without = { ...plan, places: 0 };
if (plan.places > 0) {
  say('## Instances for a rate, behind the CDN');
  say(table(RATES.map((rate) => row({ ...plan, rate, instances: instancesFor({ ...plan, rate }, costs) }))));
}
say('## Instances for a rate, without a CDN');
say(
  table(RATES.map((rate) => row({ ...without, rate, instances: instancesFor({ ...without, rate }, costs) }))),
);
say('## What so many instances carry, without a CDN');
say(
  table(
    FLEETS.map((instances) =>
      row({ ...without, instances, rate: rateFor({ ...without, instances }, costs) }),
    ),
  ),
);
