import type { StreamResult } from '../programs/open-loop.ts';
import type { Row } from '../scenario.ts';
import { median, significant } from './stats.ts';

/** What one turn gave: of the hits, and of the flood where there was one. */
export interface Outcome {
  readonly hits: StreamResult;
  readonly flood: StreamResult | undefined;
  /** See `OpenLoopResult`. */
  readonly lateP99: number;
}

/** Who was asked at which rates. */
export interface Rates {
  readonly name: string;
  /** Hits per second. */
  readonly rate: number;
  /** New pictures per second. */
  readonly flood?: number;
}

const answers = (result: StreamResult | undefined): number =>
  Object.values(result?.statuses ?? {}).reduce((sum, { count }) => sum + count, 0);

/** Share that had no answer seconds after the last request was due: no time of theirs is known. */
const unanswered = (result: StreamResult): number => Math.max(0, 1 - answers(result) / result.due);

/** The medians of turns as a row; what concerns new pictures only where there were any. */
export function rowOf({ name, rate, flood }: Rates, outcomes: readonly Outcome[]): Row {
  const middle = (of: (outcome: Outcome) => number | undefined): number =>
    significant(median(outcomes.map((outcome) => of(outcome) ?? Number.NaN)));
  const ofHits = (key: 'p50' | 'p99' | 'most') => middle(({ hits }) => hits.statuses['200']?.[key]);
  const row = {
    server: name,
    'hits/s': Math.round(rate),
    'p50 ms': ofHits('p50'),
    'p99 ms': ofHits('p99'),
    'longest ms': ofHits('most'),
    'unanswered share': middle(({ hits }) => unanswered(hits)),
    'p99 ms late': middle(({ lateP99 }) => lateP99),
    samples: outcomes.map(({ hits }) => significant(hits.statuses['200']?.p99 ?? Number.NaN)),
  };
  if (flood === undefined) return row;
  return {
    ...row,
    'new/s': Math.round(flood),
    'refused share': middle(
      (outcome) => (outcome.flood?.statuses['503']?.count ?? 0) / answers(outcome.flood),
    ),
    'refusal p99 ms': middle(({ flood: result }) => result?.statuses['503']?.p99),
    'with Retry-After': middle(({ flood: result }) => {
      const refused = result?.statuses['503'];
      return refused ? refused.retryAfter / refused.count : Number.NaN;
    }),
  };
}
