/** What is asked for, and what answers. */
export interface Plan {
  /** Requests per second of all users. */
  readonly rate: number;
  /** How many different URLs there are, asked for by Zipf's law. */
  readonly urls: number;
  /** The exponent of Zipf's law; 1 is the law itself. */
  readonly exponent: number;
  /** Places in which the CDN has a cache of its own; 0 without a CDN. */
  readonly places: number;
  /** How long the CDN keeps a picture, in s. */
  readonly cdnSeconds: number;
  /** How long greybox keeps a picture, in s. */
  readonly ttlSeconds: number;
  readonly instances: number;
  /** Pictures that the memory of one instance has room for. */
  readonly memoryEntries: number;
  /** Whether the instances share a Redis, which has room for all. */
  readonly redis: boolean;
  /** For a run from empty caches that ends after so many s; undefined for the steady state. */
  readonly coldSeconds?: number;
}

/** Requests per second that each part gets, and what it does with them. */
export interface Flow {
  readonly rate: number;
  /** At the fleet. */
  readonly fleet: number;
  /** Of those: from memory, from Redis, drawn. */
  readonly memory: number;
  readonly redis: number;
  readonly drawn: number;
  /** Pictures that live in Redis. */
  readonly redisEntries: number;
}

/** Requests per second that one core does. */
export interface Costs {
  readonly hits: number;
  readonly redisHits: number;
  readonly drawn: number;
  /** Bytes of a picture. */
  readonly bytes: number;
}

/** Of the ranks of Zipf's law: so many URLs that are each asked for with the same rate. */
interface Group {
  readonly count: number;
  readonly rate: number;
}

/** Ranks that are near each other are taken together: the 10,000 first ones alone, then 1 % of their rank. */
function groupsOf({ rate, urls, exponent }: Plan): Group[] {
  const groups: { count: number; weight: number }[] = [];
  let total = 0;
  for (let first = 1; first <= urls; ) {
    const count = Math.min(urls - first + 1, Math.max(1, Math.floor(first / 100)));
    const weight = (first + (count - 1) / 2) ** -exponent;
    groups.push({ count, weight });
    total += count * weight;
    first += count;
  }
  return groups.map(({ count, weight }) => ({ count, rate: (rate * weight) / total }));
}

/**
 * Misses per second of a cache that is asked for one URL at a rate, at random times. A copy that lives for so long costs
 * one miss, and answers all that come meanwhile; from an empty cache, for a run shorter than that, only the first misses.
 */
function misses(rate: number, life: number, coldSeconds: number | undefined): number {
  if (coldSeconds === undefined || coldSeconds > life) return rate / (1 + rate * life);
  return (1 - Math.exp(-rate * coldSeconds)) / coldSeconds;
}

/**
 * How long a picture that nobody asks for stays in a memory that drops the least recently used: Che's approximation
 * (Che, Tung, Wang, "Hierarchical Web Caching Systems", IEEE JSAC 2002). In s, at most `life`.
 */
function stay(groups: readonly Group[], entries: number, life: number): number {
  const held = (time: number): number =>
    groups.reduce((sum, { count, rate }) => sum + count * (1 - Math.exp(-rate * time)), 0);
  if (held(life) <= entries) return life;
  let [low, high] = [0, life];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (held(middle) > entries) high = middle;
    else low = middle;
  }
  return low;
}

/** Sums over all URLs. */
const over = (groups: readonly Group[], of: (group: Group) => number): number =>
  groups.reduce((sum, group) => sum + group.count * of(group), 0);

/** How requests flow through CDN, memories, Redis and renderer. */
export function simulate(plan: Plan): Flow {
  const { places, cdnSeconds, ttlSeconds, instances, memoryEntries, coldSeconds } = plan;
  const users = groupsOf(plan);
  const past = ({ rate }: Group): number =>
    places === 0 ? rate : places * misses(rate / places, cdnSeconds, coldSeconds);
  const fleet = users.map((group) => ({ count: group.count, rate: past(group) }));
  const each = fleet.map(({ count, rate }) => ({ count, rate: rate / instances }));
  const kept = stay(each, memoryEntries, ttlSeconds);
  // Dropped for its age, or for others: each request of an LRU lengthens the stay, that of its age does not.
  const missed = ({ rate }: Group): number =>
    Math.max(misses(rate, ttlSeconds, coldSeconds), kept < ttlSeconds ? rate * Math.exp(-rate * kept) : 0);
  const pastMemory = over(each, (group) => instances * missed(group));
  const drawn = plan.redis ? over(fleet, ({ rate }) => misses(rate, ttlSeconds, coldSeconds)) : pastMemory;
  const atFleet = over(fleet, ({ rate }) => rate);
  return {
    rate: plan.rate,
    fleet: atFleet,
    memory: atFleet - pastMemory,
    redis: pastMemory - Math.min(drawn, pastMemory),
    drawn: Math.min(drawn, pastMemory),
    redisEntries: plan.redis ? drawn * Math.min(ttlSeconds, coldSeconds ?? ttlSeconds) : 0,
  };
}

/** Cores that a flow keeps busy. */
export function coresOf({ memory, redis, drawn }: Flow, costs: Costs): number {
  return memory / costs.hits + redis / costs.redisHits + drawn / costs.drawn;
}

/** How full a core may be, so that a peak and the loss of a neighbour do no harm. */
export const FILL = 0.6;

/** The least number of instances, of one core each, that carry a plan; at least three, so that one may be lost. */
export function instancesFor(plan: Omit<Plan, 'instances'>, costs: Costs): number {
  let [low, high] = [1, 1_000_000];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (coresOf(simulate({ ...plan, instances: middle }), costs) <= FILL * middle) high = middle;
    else low = middle + 1;
  }
  return Math.max(3, low);
}

/** The highest rate that so many instances carry. */
export function rateFor(plan: Omit<Plan, 'rate'>, costs: Costs): number {
  let [low, high] = [1, 1e10];
  for (let step = 0; step < 50; step += 1) {
    const middle = Math.sqrt(low * high);
    if (coresOf(simulate({ ...plan, rate: middle }), costs) <= FILL * plan.instances) low = middle;
    else high = middle;
  }
  return low;
}
