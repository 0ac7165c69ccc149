/** The parts of a GET or HEAD that decide the answer of a hit in memory. */
export interface HitRequest {
  readonly method: 'GET' | 'HEAD';
  /** As sent, in origin form. */
  readonly target: string;
  /** The requested authority, with its port if any. */
  readonly host: string;
  readonly accept: string | undefined;
  readonly ifNoneMatch: string | undefined;
}
