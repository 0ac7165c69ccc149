import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';

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

/** Waits until something of a page is so, and fails after twenty seconds. */
export async function until(check: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`it never came about that ${what}`);
    await delay(20);
  }
}

/** Waits until the playground shows a URL of ours: in its address, and as its picture. */
export async function settled(page: Page, url: string): Promise<void> {
  const shown = async (): Promise<boolean> =>
    decodeURI(new URL(page.url()).hash) === decodeURI(`#${url}`) &&
    (await page.locator('#picture').getAttribute('src')) === url;
  await until(shown, `the playground shows ${url}`);
}
