import { setFlagsFromString } from 'node:v8';

/** How much the heap grows before all of it is marked again, in percent of what was alive then. */
const GROWTH = 100;

/**
 * Has V8 collect the whole heap when it has doubled. By itself it does so as soon as the heap has grown by a fifth, where
 * little is kept of what is made: under a flood of new pictures that is once a second, and hits wait for it. V8 reads this
 * setting whenever it has collected, so that it can be made in a running process; threads that start later have it, too.
 */
export function collectLater(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
}
