import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest that drawing goes on in one turn of the event loop, in ms. Requests for what is ready wait as long. */
const DRAWING_MS = 1;
/** A turn that takes no longer than this had little else to do, in ms. */
const QUIET_TURN_MS = 0.3;
/** Longest wait for a quiet turn, in ms: however many requests come in, something is drawn. */
const LONGEST_WAIT_MS = 10;

/** When the event loop last had a turn that drawing waited for, in ms. */
let lastTurn = Number.NEGATIVE_INFINITY;

/**
 * Gives the event loop a turn where drawing has gone on for a while, and waits until it is quiet. Requests go first.
 * The canvas frees its pixels only in such turns, so memory would grow with every picture without them.
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
