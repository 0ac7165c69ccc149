import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest drawing time in one turn of the event loop, in ms. Hits wait for as long. */
const DRAWING_MS = 1;
/** A turn that takes at most this long, in ms, counts as quiet: it had little else to do. */
const QUIET_TURN_MS = 0.3;
/** Longest wait for a quiet turn, in ms: however many requests come in, something is drawn. */
const LONGEST_WAIT_MS = 10;

/** When drawing last let the event loop have a turn, in ms. */
let lastTurn = Number.NEGATIVE_INFINITY;

/**
 * Gives the event loop a turn after some time of drawing, and waits until it is quiet: requests go first. The canvas
 * frees its pixels only in such turns, so without them memory would grow with every picture.
 */
export async function waitForTurn(): Promise<void> {
  const asked = performance.now();
  for (let now = asked; now - lastTurn > DRAWING_MS; ) {
    const turn = now;
    await nextTurn();
    now = performance.now();
    if (now - turn <= QUIET_TURN_MS || now - asked > LONGEST_WAIT_MS) lastTurn = now;
  }
}
