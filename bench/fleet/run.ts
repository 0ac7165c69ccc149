import type { Test } from 'tap';
import { type Sample, startLoad } from '../faults/load.ts';
import { quantile } from '../lib/stats.ts';
import { type Site, startFleet } from './site.ts';
import { drainStep, killStep, masterReturns, masterStep, partitionStep, purgeStep } from './steps.ts';

/** What users saw of one step. */
export interface StepFigures {
  readonly step: string;
  readonly requests: number;
  /** Answers other than a 200 with the right picture, and none at all. */
  readonly failed: number;
  /** ms */
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
  /** What the step found wrong: pictures that came back, an exit code. */
  readonly faults: readonly string[];
}

export interface FleetOptions {
  /** How often an instance is restarted, one after the other. */
  readonly restarts: number;
  /** Pictures of each purge. */
  readonly pictures: number;
  /** Whether there is also a purge at the beginning, and one while an instance is cut off from the cluster. */
  readonly long: boolean;
  /** Told of each step when it is done. */
  readonly onStep?: (figures: StepFigures) => void;
}

/** What is done to a fleet; gives what was wrong. */
type Step = (site: Site) => Promise<readonly string[]>;

const exits = (code: number | null): string[] => (code === 0 ? [] : [`it ended with ${code}`]);

function stepsOf({ restarts, pictures, long }: FleetOptions): Record<string, Step> {
  return {
    ...(long && { 'a purge': (site) => purgeStep(site, pictures) }),
    'a master of Redis is killed': async (site) => {
      await masterStep(site);
      return [];
    },
    'a purge, with one master less': (site) => purgeStep(site, pictures),
    'the master comes back': async (site) => {
      await masterReturns(site);
      return [];
    },
    'an instance is killed (SIGKILL)': async (site) => {
      await killStep(site, site.instances[1]);
      return [];
    },
    'an instance with two workers is drained': async (site) =>
      exits(await drainStep(site, site.instances[2])),
    ...(long && {
      'an instance is cut off from Redis, and a purge': (site) => partitionStep(site, pictures),
    }),
    [`${restarts} restarts, one after another`]: async (site) => {
      const faults: string[] = [];
      for (let time = 0; time < restarts; time += 1) {
        const instance = site.instances[time % 3] as Site['instances'][0];
        faults.push(...exits(await drainStep(site, instance)));
      }
      return faults;
    },
  };
}

const isRight = ({ status, right }: Sample): boolean => status === 200 && right;

function figuresOf(step: string, samples: readonly Sample[], faults: readonly string[]): StepFigures {
  const times = samples.map(({ ms }) => ms);
  return {
    step,
    requests: samples.length,
    failed: samples.filter((sample) => !isRight(sample)).length,
    median: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    longest: quantile(times, 1),
    faults,
  };
}

/** Does everything to a real fleet under load that happens to fleets; `t` ends all of it. */
export async function runFleet(t: Test, options: FleetOptions): Promise<StepFigures[]> {
  const site = await startFleet(t);
  const load = startLoad(site.origin);
  const all: StepFigures[] = [];
  try {
    for (const [name, step] of Object.entries(stepsOf(options))) {
      const faults = await step(site);
      const figures = figuresOf(name, load.take(), faults);
      options.onStep?.(figures);
      all.push(figures);
    }
  } finally {
    await load.stop();
  }
  return all;
}
