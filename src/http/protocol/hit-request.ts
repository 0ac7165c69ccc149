/** All of a GET or HEAD that decides what a hit in memory is answered with. */
export interface HitRequest {
  readonly method: 'GET' | 'HEAD';
  /** As it was sent. */
  readonly target: string;
  readonly accept: string | undefined;
  readonly ifNoneMatch: string | undefined;
}
