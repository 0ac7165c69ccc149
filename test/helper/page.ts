import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { spellUrl } from '../../src/http/pages/own-url.ts';
import { PRESETS } from '../../src/http/pages/presets.ts';
import { mountIn } from '../../src/http/pages/site.ts';

/** A page of a service, and what it asked of anybody else: nothing, if all is well. */
export interface Visit {
  readonly page: Page;
  readonly strangers: readonly string[];
  readonly faults: readonly string[];
}

/** Opens a page, and takes note of requests to other hosts and of what its console complains about. */
export async function visit(context: BrowserContext, url: string): Promise<Visit> {
  const page = await context.newPage();
  const strangers: string[] = [];
  const faults: string[] = [];
  const { origin } = new URL(url);
  page.on('request', (request) => {
    if (!/^(?:data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin)
      strangers.push(request.url());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A URL that is refused is the browser's to report, and ours to show.
    if (message.type() === 'error' && !message.text().includes('status of 400')) faults.push(message.text());
  });
  await page.goto(url, { waitUntil: 'load' });
  return { page, strangers, faults };
}

/** Pictures that stand for choices: the sizes that the playground draws them in. */
const SPECIMEN = /\/image\/(?:96x64|150x30|28\/transparent)/;
const TILES = new Set(PRESETS.map(({ fields }) => spellUrl(fields, mountIn({ base: '' }))));

/** Has the playground's thumbnails be nothing: a hundred pictures that a test of something else does not look at. */
export async function withoutThumbnails(context: BrowserContext): Promise<void> {
  const isThumbnail = ({ pathname, search }: URL): boolean =>
    SPECIMEN.test(pathname) || (TILES.has(pathname + search) && search !== '');
  await context.route(isThumbnail, (route) => route.fulfill({ status: 204 }));
}

/** Waits until something of a page is so, and fails after twenty seconds. */
export async function until(check: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`it never came about that ${what}`);
    await delay(20);
  }
}

/** What is read of a page, which is no part of the types of Node. */
interface Read {
  readonly location: { readonly hash: string };
  readonly document: {
    querySelector(selector: string): { getAttribute(name: string): string | null } | null;
  };
}

/** Waits until the playground shows a URL of ours: in its address, and as its picture. */
export async function settled(page: Page, url: string): Promise<void> {
  const isShown = (wanted: string): boolean => {
    const { location, document } = globalThis as unknown as Read;
    const source = document.querySelector('#picture')?.getAttribute('src');
    return decodeURI(location.hash) === decodeURI(`#${wanted}`) && source === wanted;
  };
  await page.waitForFunction(isShown, url, { timeout: 30_000, polling: 50 });
}
