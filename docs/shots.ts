// Writes pictures of the pages, at two sizes and in both schemes: npm run shots [name …]. They go to docs/shots/.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { buildApp } from '../src/app.ts';
import { readConfig } from '../src/config/config.ts';

const SIZES = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
const SCHEMES = ['light', 'dark'] as const;

/** What the playground shows: a card that uses what there is. */
const CARD =
  '/#/image/1200x630@2x/4338ca-0ea5e9/fff.webp?text=Ship+the+layout%0Atoday&font=lora&icon=rocket&angle=120';
const PAGES = { playground: CARD, docs: '/docs', status: '/status' } as const;

/** What is asked for while the status is looked at. */
const PICTURES = [
  '/image/600x400?scene=hills&text=',
  '/image/og?bg=4338ca-0ea5e9&text=Hello',
  '/image/400.webp?scene=mesh&text=',
  '/avatar/128/Ada+Lovelace.svg',
  '/image/640x360?theme=forest',
  '/image/300x200.jpg?scene=skyline&text=',
];

const folder = new URL('shots/', import.meta.url);

/** Has the service do something for a while, for the status to show. */
async function beBusy(origin: string): Promise<void> {
  for (let turn = 0; turn < 24; turn++) {
    const some = Array.from(
      { length: 3 + ((turn * 7) % 11) },
      (_one, i) => PICTURES[(turn + i) % PICTURES.length],
    );
    await Promise.all(some.map((path) => fetch(origin + path)));
    await delay(400);
  }
}

interface Service {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

async function start(): Promise<Service> {
  const app = buildApp(readConfig({ env: { LOG_LEVEL: 'silent' } }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return { origin, close: () => app.close() };
}

async function main(): Promise<void> {
  const named = process.argv.slice(2);
  const service = await start();
  const profile = await mkdtemp(join(tmpdir(), 'greybox-shots-'));
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
    env: { PATH: process.env['PATH'] ?? '', HOME: profile },
  });
  await mkdir(folder, { recursive: true });
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      for (const [name, path] of Object.entries(PAGES)) {
        if (named.length > 0 && !named.includes(name)) continue;
        // What the status tells is not to be of the other pages.
        const { origin, close } = name === 'status' ? await start() : service;
        const page = await context.newPage();
        await page.goto(origin + path, { waitUntil: 'load' });
        await (name === 'status'
          ? beBusy(origin)
          : page.waitForLoadState('networkidle', { timeout: 120_000 }));
        const png = await page.screenshot({ fullPage: process.env['FULL'] === '1' });
        await sharp(png)
          .png({ palette: true, effort: 8 })
          .toFile(new URL(`${name}-${size}-${colorScheme}.png`, folder).pathname);
        await page.close();
        if (name === 'status') await close();
      }
      await context.close();
    }
  }
  await browser.close();
  await service.close();
  await rm(profile, { recursive: true, force: true });
}

await main();
