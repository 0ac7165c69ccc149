import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSource } from '../src/dialects/source.ts';
import { DialectTable } from '../src/dialects/table.ts';
import { createGreybox, type Greybox } from '../src/greybox.ts';
import { createPlaceholderValue } from '../src/options/options.ts';
import { DEFAULT_LIMITS } from '../src/options/sizes.ts';

// `npm run faker` has each method for pictures of the newest Faker majors make URLs, and asks greybox for all of them.
// `npm run faker -- 3` draws 3 of each method instead of 30.

const MAJORS = [10, 9, 8];
/** URLs of each method, and how many of them are drawn. */
const URLS = 1000;
const DRAWN = Number(process.argv[2] ?? 30);

type Methods = Record<string, (() => string) | undefined>;
interface Faker {
  seed(seed: number): void;
  readonly image: Methods;
}

const table = new DialectTable();

/** The methods that make URLs, by name; some majors have them on the prototype of a class. */
function methodsOf({ image }: Faker): [string, () => string][] {
  const names = new Set([...Object.keys(image), ...Object.getOwnPropertyNames(Object.getPrototypeOf(image))]);
  return [...names].flatMap((name) => {
    const method = name === 'constructor' ? undefined : image[name];
    return typeof method === 'function' ? [[name, () => method.call(image)] as [string, () => string]] : [];
  });
}

/** Why a URL would not be answered with 200. */
function faultOf(url: string): string | undefined {
  try {
    createPlaceholderValue(readSource(url, table, DEFAULT_LIMITS).options);
    return undefined;
  } catch (error) {
    return `${url}: ${(error as Error).message}`;
  }
}

async function drawingFaultOf(url: string, greybox: Greybox): Promise<string | undefined> {
  const response = await greybox.fetch(new Request(url));
  await response.arrayBuffer();
  const isPicture = response.headers.get('content-type')?.startsWith('image/');
  return response.status === 200 && isPicture ? undefined : `${url}: ${response.status}`;
}

/** Tries one method. @returns what is wrong with its URLs, one sentence for each */
async function tryMethod(name: string, make: () => string, greybox: Greybox): Promise<string[]> {
  const urls = Array.from({ length: URLS }, make);
  const [first = ''] = urls;
  const hosts = new Set(urls.map((url) => (URL.canParse(url) ? new URL(url).host : '')));
  const ours = urls.filter((url) => URL.canParse(url) && table.ofHost(new URL(url).host) !== undefined);
  if (ours.length === 0) {
    console.log(
      `       ${name}: ${first.startsWith('data:') ? 'no URL, but the picture itself' : `not a placeholder service: ${[...hosts].join(', ')}`}`,
    );
    return [];
  }
  const faults = ours.map(faultOf);
  faults.push(...(await Promise.all(ours.slice(0, DRAWN).map((url) => drawingFaultOf(url, greybox)))));
  const found = faults.filter((fault) => fault !== undefined);
  console.log(
    `${found.length === 0 ? 'ok    ' : 'not ok'} ${name}: ${ours.length} URLs of ${[...hosts].join(', ')}`,
  );
  return found;
}

const folder = mkdtempSync(join(tmpdir(), 'greybox-faker-'));
await using greybox = createGreybox();
try {
  const packages = MAJORS.map((major) => `faker${major}@npm:@faker-js/faker@${major}`);
  execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--silent', ...packages], {
    stdio: 'inherit',
  });
  const require = createRequire(join(folder, 'package.json'));
  for (const major of MAJORS) {
    const { faker } = (await import(require.resolve(`faker${major}`))) as { faker: Faker };
    const { version } = require(join(folder, `node_modules/faker${major}/package.json`)) as {
      version: string;
    };
    console.log(`@faker-js/faker ${version}`);
    // Deprecated methods say so with each call.
    console.warn = () => {};
    faker.seed(major);
    for (const [name, make] of methodsOf(faker)) {
      const faults = await tryMethod(name, make, greybox);
      for (const fault of faults.slice(0, 5)) console.log(`         ${fault}`);
      if (faults.length > 0) process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
