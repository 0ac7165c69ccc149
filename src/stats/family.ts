import type { Report } from './report.ts';

export type Labels = Readonly<Record<string, string>>;
/** A histogram has several samples for each set of labels; the suffix of the family's name distinguishes them. */
export type Sample = readonly [labels: Labels, value: number, suffix?: string];

/** A metric: what Prometheus calls a family of samples. */
export interface Family {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly read: (report: Report) => readonly Sample[];
}
