/** All of a GET or HEAD that decides what a hit in memory is answered with. */
export interface HitRequest {
  readonly method: 'GET' | 'HEAD';
  /** As it was sent, in origin form. */
  readonly target: string;
  /** The authority that was asked, with its port if any. */
  readonly host: string;
  readonly accept: string | undefined;
  readonly ifNoneMatch: string | undefined;
}
