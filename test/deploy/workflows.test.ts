import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { parse } from 'yaml';

// Workflows cannot run here; what can be read of them is.

const ROOT = new URL('../../', import.meta.url);

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (name: string): string => readFileSync(new URL(`.github/workflows/${name}.yml`, ROOT), 'utf8');
const workflows = { ci: parse(read('ci')) as Workflow, release: parse(read('release')) as Workflow };

/** Names of a job's outputs, contexts and secrets that GitHub gives; everything else in `${{ }}` is a slip. */
const CONTEXTS = /^(?:github\.\w+|matrix\.node|env\.IMAGE|secrets\.GITHUB_TOKEN|steps\.[\w.]+)$/;

for (const [name, { permissions, jobs }] of Object.entries(workflows)) {
  t.test(`${name}: every job is bounded, and may do no more than it must`, async (t) => {
    t.notOk(Object.values(permissions).includes('write'), 'none may write by default');
    for (const [job, { needs = [], steps, ...rest }] of Object.entries(jobs)) {
      t.ok((rest['timeout-minutes'] ?? 999) <= 60, job);
      for (const other of [needs].flat()) t.ok(other in jobs, `${job} needs ${other}`);
      for (const { uses, run, with: options } of steps) {
        t.ok((uses === undefined) !== (run === undefined), `a step of ${job} does one thing`);
        if (uses) t.match(uses, /^[\w-]+\/[\w-]+@v?\d+(?:\.\d+)*$/, 'an action of a version');
        // What comes from outside goes through the environment, never into the script's text.
        if (run) t.notMatch(run, /\$\{\{/, run);
        if (!uses?.startsWith('actions/checkout')) continue;
        t.equal(options?.['persist-credentials'], false);
        const isWhole = steps.some((step) => step.run === '.ci/run');
        t.equal(options?.['fetch-depth'], isWhole ? 0 : undefined, 'tests build the release before');
      }
    }
    const used = [...read(name).matchAll(/\$\{\{ (.*?) \}\}/g)].map(([, expression]) => expression ?? '');
    t.strictSame(
      used.filter((expression) => !CONTEXTS.test(expression)),
      [],
    );
  });
}

const stepsOf = (workflow: Workflow): Step[] => Object.values(workflow.jobs).flatMap(({ steps }) => steps);

t.test('CI and a release run what this repository has', async (t) => {
  for (const workflow of Object.values(workflows))
    t.ok(
      stepsOf(workflow).some(({ run }) => run === '.ci/run'),
      'the whole of CI',
    );
  t.ok(existsSync(new URL('.ci/run', ROOT)));
  t.ok(existsSync(new URL('Dockerfile', ROOT)));
});

t.test('a release is checked first, scanned, signed, and tells what it is made of', async (t) => {
  const { jobs } = workflows.release;
  for (const job of ['npm', 'image']) t.strictSame([jobs[job]?.needs].flat(), ['check']);
  const { npm, image } = jobs;
  t.match(npm?.permissions, { 'id-token': 'write' });
  const steps = npm?.steps.map(({ run = '' }) => run) ?? [];
  const named = steps.findIndex((run) => /npm pkg set .*repository\.url=/.test(run));
  const published = steps.findIndex((run) => run.includes('npm publish --provenance'));
  t.ok(named >= 0 && named < published, 'provenance needs a repository');
  const at = (pattern: RegExp): number =>
    image?.steps.findIndex(({ uses = '', run = '' }) => pattern.test(uses + run)) ?? -1;
  const pushed = image?.steps.findIndex((step) => step.with?.['push'] === true) ?? -1;
  t.ok(at(/trivy/) >= 0 && at(/trivy/) < pushed, 'scanned before it is published');
  t.ok(at(/cosign sign/) > pushed, 'signed when its digest is known');
  t.match(image?.steps[pushed]?.with, { sbom: true, provenance: 'mode=max', platforms: /amd64.*arm64/ });
});
