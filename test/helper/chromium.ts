import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import type { Test } from 'tap';

/** A browser that asks nobody for anything but what a test tells it to. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Debian's Chromium with an empty profile of its own; `t` ends it. @param flags beside those of every test */
export async function startChromium(
  t: Test,
  options: BrowserContextOptions = {},
  flags: readonly string[] = [],
): Promise<BrowserContext> {
  const profile = await mkdtemp(join(tmpdir(), 'greybox-chromium-'));
  t.teardown(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: [...FLAGS, ...flags],
    env: { PATH: process.env['PATH'] ?? '', HOME: profile },
  });
  t.teardown(() => context.close());
  return context;
}
