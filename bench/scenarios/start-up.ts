import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../test/helper/ports.ts';
import { bars, rowBars } from '../lib/bars.ts';
import { pinned } from '../lib/cores.ts';
import { GREYBOX, NODE, PATH } from '../lib/entrants.ts';
import { type Command, runtime, start } from '../lib/processes.ts';
import { interleave } from '../lib/rounds.ts';
import { build, greyboxCommand } from '../lib/servers.ts';
import { withRatios } from '../lib/serving.ts';
import { median, significant } from '../lib/stats.ts';
import type { RunOptions, Scenario } from '../scenario.ts';

/** Starts of each in a round: they are short. */
const STARTS = { full: 2, short: 1 };

/** ms until the first picture */
const AIM = 400;

const FASTIFY = 'Fastify';

/** Plain JavaScript, as greybox runs built: a loader of TypeScript takes longer than they do. */
const evaluated = (code: string): Command => [runtime.node, '--input-type=module', '-e', code];

const COMMANDS: Readonly<Record<string, () => Command>> = {
  [GREYBOX]: greyboxCommand,
  [NODE]: () =>
    evaluated(`import { createServer } from 'node:http';
      createServer((_, response) => response.end('hello')).listen(Number(process.env.PORT), '127.0.0.1');`),
  [FASTIFY]: () =>
    evaluated(`import Fastify from 'fastify';
      const app = Fastify();
      app.get('*', (_, reply) => reply.send('hello'));
      app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });`),
};

/** Packages whose import takes time. */
const PACKAGES = ['fastify', 'sharp', '@napi-rs/canvas', 'ioredis', 'piscina', 'lru-cache'];

/** Whether a server answers: 200, and the whole body. */
async function answers(url: string): Promise<boolean> {
  const request = get(url, { agent: false });
  try {
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return response.statusCode === 200;
  } catch {
    return false;
  }
}

/** ms from the start of a process until it has answered */
async function firstAnswer(command: Command): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const child = start(pinned('server', command), { PORT: String(port), HOST: '127.0.0.1' });
  const ended = once(child, 'exit');
  try {
    while (!(await answers(`http://127.0.0.1:${port}${PATH}`))) {
      if (child.exitCode !== null) throw new Error(`${command.join(' ')} ended before it answered`);
      await delay(1);
    }
    return performance.now() - started;
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

/** ms that the import of a package takes, in a process of its own */
async function importTime(name: string): Promise<number> {
  const code = `const start = performance.now(); await import('${name}'); console.log(performance.now() - start);`;
  const child = start(pinned('server', evaluated(code)));
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(child, 'close');
  return Number(text);
}

async function noteImports({ note, short }: RunOptions): Promise<void> {
  const times: string[] = [];
  for (const name of PACKAGES) {
    const samples: number[] = [];
    for (let i = 0; i < (short ? 1 : 3); i++) samples.push(await importTime(name));
    times.push(`${name} ${Math.round(median(samples))}`);
  }
  note(`Imports, each in a process of its own, in ms: ${times.join(', ')}.`);
}

export const scenario: Scenario = {
  name: 'start-up',
  title: 'From the start of a process to the end of its first answer',
  run: async (options) => {
    const { short, note, aim, keep } = options;
    build();
    const turn = (command: Command) => async (): Promise<readonly number[]> => {
      const samples: number[] = [];
      for (let i = 0; i < (short ? STARTS.short : STARTS.full); i++) samples.push(await firstAnswer(command));
      return samples;
    };
    const contestants = Object.entries(COMMANDS).map(([name, command]) => ({ name, round: turn(command()) }));
    const turns = await interleave(contestants, options);
    const found = Array.from(turns, ([name, lists]) => {
      const samples = lists.flat();
      return {
        server: name,
        ms: significant(median(samples)),
        most: significant(Math.max(...samples)),
        starts: samples.length,
        samples: samples.map(significant),
      };
    });
    const rows = withRatios(found, 'ms', [NODE, FASTIFY]);
    aim('ms from start to first picture', rows[0]?.['ms'] as number | undefined, { most: AIM });
    note(
      'greybox answers with a picture that it draws then, the others with a word. Each starts on one core.',
    );
    await noteImports(options);
    const panel = { title: 'ms, less is better', bars: rowBars(rows, { value: 'ms', first: 'least' }) };
    keep('start-up.svg', bars('From the start of a process to its first answer', [panel]));
    return rows;
  },
};
