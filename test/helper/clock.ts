/** A clock that moves when it is told to, in ms. */
export interface FakeClock {
  readonly now: () => number;
  /** Moves on by `ms` and runs the timers that fall due, in their order. */
  advance(ms: number): void;
  /** As `BreakerOptions.timer`: calls back after `ms` of this clock; returns what cancels it. */
  readonly timer: (callback: () => void, ms: number) => () => void;
  /** What the pending timers still wait, in ms, the next one first. */
  readonly pending: readonly number[];
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** @param start not 0 by default: a clock that is taken for a duration then shows */
export function fakeClock(start = 1_000_000): FakeClock {
  let time = start;
  const timers = new Set<Timer>();
  const inOrder = (): Timer[] => [...timers].sort((a, b) => a.due - b.due);
  return {
    now: () => time,
    advance(ms) {
      const end = time + ms;
      for (let next = inOrder()[0]; next && next.due <= end; next = inOrder()[0]) {
        timers.delete(next);
        time = next.due;
        next.callback();
      }
      time = end;
    },
    timer(callback, ms) {
      const timer = { due: time + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    get pending() {
      return inOrder().map(({ due }) => due - time);
    },
  };
}
