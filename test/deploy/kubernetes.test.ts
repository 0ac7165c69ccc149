import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as monitoring from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service } from 'kubernetes-models/v1';
import t from 'tap';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig } from '../../src/config/config.ts';
import { SETTINGS } from '../../src/config/settings.ts';

const FOLDER = new URL('../../deploy/kubernetes/', import.meta.url);

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

interface Model {
  new (data: never): { validate(): void };
}

/** Of each kind, what checks it against the schema of its API. */
const MODELS: Readonly<Record<string, Model>> = {
  'apps/v1 Deployment': Deployment,
  'autoscaling/v2 HorizontalPodAutoscaler': HorizontalPodAutoscaler,
  'networking.k8s.io/v1 NetworkPolicy': NetworkPolicy,
  'policy/v1 PodDisruptionBudget': PodDisruptionBudget,
  'v1 ConfigMap': ConfigMap,
  'v1 Service': Service,
  'monitoring.coreos.com/v1 ServiceMonitor': monitoring.ServiceMonitor,
  'monitoring.coreos.com/v1 PrometheusRule': monitoring.PrometheusRule,
};

/** @throws Error where it is not what its API knows */
function validate(manifest: Manifest): void {
  const Model = MODELS[`${manifest.apiVersion} ${manifest.kind}`];
  if (!Model) throw new Error(`no model of ${manifest.apiVersion} ${manifest.kind}`);
  new Model(manifest as never).validate();
}

const documents = (text: string): Manifest[] =>
  parseAllDocuments(text).map((document) => document.toJS() as Manifest);

interface Kustomization {
  readonly resources: readonly string[];
  readonly configMapGenerator?: readonly { readonly name: string; readonly literals: readonly string[] }[];
}

/** A kustomization's own files, and the settings that it makes a ConfigMap of. */
function readFolder(name: string) {
  const folder = new URL(`${name}/`, FOLDER);
  const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
  const { resources, configMapGenerator = [] } = parse(read('kustomization.yaml')) as Kustomization;
  const settings = configMapGenerator.flatMap(({ literals }) =>
    literals.map((line) => line.split('=') as [string, string]),
  );
  return { manifests: resources.flatMap((file) => documents(read(file))), settings };
}

const base = readFolder('base');
const operator = readFolder('prometheus-operator');

t.test('each manifest is of its API', async (t) => {
  for (const manifest of [...base.manifests, ...operator.manifests])
    t.doesNotThrow(() => validate(manifest), `${manifest.kind} ${manifest.metadata.name}`);
  const [first] = base.manifests as unknown as [{ spec: { template: object } }];
  t.throws(() => validate({ ...first, spec: { ...first.spec, minReadySeconds: 'x' } } as never), 'a fault');
});

/** What is looked at in a Deployment. */
interface Pods {
  readonly spec: {
    readonly selector: { readonly matchLabels: object };
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly securityContext: object;
        readonly containers: readonly [
          {
            readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
            readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: string[] } } };
            readonly securityContext: object;
            readonly resources: object;
          },
        ];
      };
    };
  };
}

const deployment = base.manifests.find(({ kind }) => kind === 'Deployment') as unknown as Pods;
const { template } = deployment.spec;
const [container] = template.spec.containers;
const config = readConfig({ env: { ...Object.fromEntries(base.settings), HOST: '127.0.0.1' } });

t.test('settings are ones that greybox has', async (t) => {
  const known = Object.values(SETTINGS).flatMap(({ env }) => env as readonly string[]);
  t.strictSame(
    base.settings.map(([name]) => name).filter((name) => !known.includes(name)),
    [],
  );
  const ports = Object.fromEntries(container.ports.map(({ name, containerPort }) => [name, containerPort]));
  t.strictSame(ports, { http: config.port, ops: config.opsPort });
});

t.test('pods have no right that they do not need', async (t) => {
  t.match(template.spec.securityContext, { runAsNonRoot: true, runAsUser: 1000 });
  t.match(container.securityContext, {
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  });
  t.match(container.resources, { requests: { cpu: String, memory: String }, limits: { memory: String } });
});

t.test('a pod has the time to drain', async (t) => {
  const [command, seconds] = container.lifecycle.preStop.exec.command;
  t.equal(command, 'sleep');
  // 10 s for the requests that are under way, see src/server/drain.ts.
  t.ok(template.spec.terminationGracePeriodSeconds > Number(seconds) + config.drainSeconds + 10);
});

t.test('selectors find the pods', async (t) => {
  const name = { 'app.kubernetes.io/name': 'greybox' };
  t.strictSame([deployment.spec.selector.matchLabels, template.metadata.labels], [name, name]);
  for (const one of base.manifests as unknown as { kind: string; spec: Record<string, unknown> }[]) {
    if (one.kind === 'Service') t.strictSame(one.spec['selector'], name);
    if (one.kind === 'PodDisruptionBudget') t.strictSame(one.spec['selector'], { matchLabels: name });
    if (one.kind === 'NetworkPolicy') t.strictSame(one.spec['podSelector'], { matchLabels: name });
  }
});

const kubectl = spawnSync('kubectl', ['version', '--client'], { encoding: 'utf8' });
const none = kubectl.error ? 'kubectl is not installed' : false;

t.test('kubectl kustomize makes of them what can be applied', { skip: none }, async (t) => {
  const make = (name: string) =>
    spawnSync('kubectl', ['kustomize', new URL(name, FOLDER).pathname], { encoding: 'utf8' });
  for (const [name, count] of [
    ['base', 7],
    ['prometheus-operator', 9],
  ] as const) {
    const { status, stdout, stderr } = make(name);
    t.equal(status, 0, stderr);
    const made = documents(stdout);
    t.equal(made.length, count);
    for (const manifest of made) t.doesNotThrow(() => validate(manifest), manifest.kind);
    const settings = made.find(({ kind }) => kind === 'ConfigMap');
    t.match(settings?.metadata.name, /^greybox-\w{10}$/);
    t.match(stdout, `name: ${settings?.metadata.name}`, 'the pods read it under its name with a hash');
  }
});
