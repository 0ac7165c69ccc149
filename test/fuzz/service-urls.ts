import fc, { type Arbitrary } from 'fast-check';
import { atOwnHost, readCorpus, type Sent } from '../dialects/corpus.ts';
import { mountOf, SERVICES } from '../dialects/read.ts';
import { SHARDS } from './grammar.ts';

/** Real URLs of every service, and its examples, as targets below its mount. */
export const SERVICE_TARGETS: readonly string[] = [
  ...readCorpus().map(({ target }) => target),
  ...SERVICES.flatMap((service) => service.examples.map((example) => mountOf(service) + example)),
];

/** Numbers that may be sides: of two to four digits, and no part of a colour. */
const SIDE = /(?<![\da-f#.])\d{2,4}(?![\da-f])/gi;

/** A target whose sides are others, so that it is drawn in no time. */
export function withSides(target: string, sides: readonly number[]): string {
  let at = 0;
  return target.replace(SIDE, () => String(sides[at++ % sides.length]));
}

/** The ways in which a URL of a service reaches us: below its name, at its host, at the root of another. */
export const WAYS = ['name', 'name', 'name', 'host', 'host', 'root'] as const;

export function sentBy(way: (typeof WAYS)[number], target: string): Sent {
  const own = atOwnHost({ target });
  if (way === 'host') return own;
  return { host: 'page.example', target: way === 'root' ? own.target : target };
}

const TARGET: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...SERVICE_TARGETS),
    fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 2, maxLength: 3 }),
  )
  .map(([target, sides]) => withSides(target, sides));

/** URLs that services have, in all ways. */
export const SERVICE_URLS: Arbitrary<Sent> = fc
  .tuple(fc.constantFrom(...WAYS), TARGET)
  .map(([way, target]) => sentBy(way, target));

/** The same with bytes cut out, doubled or replaced. */
export const MUTATED_SERVICE_URLS: Arbitrary<Sent> = fc
  .tuple(
    SERVICE_URLS,
    fc.array(fc.tuple(fc.nat(200), fc.nat(4), fc.constantFrom('', ...SHARDS)), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([{ host, target }, cuts]) => {
    const cut = cuts.reduce((text, [at, length, shard]) => {
      const start = 1 + (at % text.length);
      return text.slice(0, start) + shard + text.slice(start + length);
    }, target);
    return { host, target: cut };
  });
