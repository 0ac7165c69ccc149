/** Calls back after so many ms; returns what cancels it. */
export type Timer = (callback: () => void, ms: number) => () => void;

/** A timer that does not keep the process alive. */
export function unreferencedTimer(callback: () => void, ms: number): () => void {
  const timeout = setTimeout(callback, ms).unref();
  return () => clearTimeout(timeout);
}

/** A promise's outcome, or after `ms` the error that `late` makes; what comes of the promise later is then ignored. */
export function within<T>(promise: Promise<T>, ms: number, late: () => Error, timer: Timer): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timer(() => reject(late()), ms);
    promise.then(resolve, reject).finally(cancel);
  });
}
