import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import t from 'tap';
import { startChromium } from '../../helper/chromium.ts';
import { visit } from '../../helper/page.ts';
import { startService } from '../../helper/service.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const PAGES = ['/', '/docs', '/status'];

interface Result {
  readonly violations: {
    readonly id: string;
    readonly nodes: { readonly html: string }[];
  }[];
}

/** A URL that is wider than a phone. */
const LONG = `/image/300x200?text=${'Wide+'.repeat(14)}&seed=long`;

/** Brings a page to where it shows all that it can. */
const FILL: Readonly<Record<string, (page: Page, origin: string) => Promise<void>>> = {
  '/': async (page) => {
    await page.evaluate(`localStorage.setItem('greybox.recent', '["${LONG}"]')`);
    await page.reload();
    await page.locator('#recent li').waitFor();
    await page.locator('#o-icon').fill('rokcet');
    await page.locator('#e-icon').waitFor();
  },
  '/status': async (page, origin) => {
    for (const path of [LONG, '/image/60', '/avatar/64/Ada']) await fetch(origin + path);
    await page.locator('#pictures li').nth(2).waitFor();
    await page.locator('#token').fill('wrong');
    await page.getByRole('button', { name: 'Purge' }).click();
    await page.getByText('This is not the admin token').waitFor();
  },
};

/** What axe finds on a page: its rule, and the element. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )) as Result;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

t.test('everybody can use the pages', async (t) => {
  const context = await startChromium(t, { bypassCSP: true, reducedMotion: 'reduce' });
  const { url: origin } = await startService(t, { env: { ADMIN_TOKEN: 'secret' } });
  for (const path of PAGES) {
    t.test(`axe finds nothing on ${path}, in light and dark, at both sizes`, async (t) => {
      const { page, strangers } = await visit(context, origin + path);
      await FILL[path]?.(page, origin);
      await page.evaluate(AXE);
      for (const [name, size] of Object.entries(SIZES)) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme });
          t.same(await faultsOf(page), [], `${name} ${colorScheme}`);
          const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
          t.ok(Number(overflow) <= 0, `nothing sticks out: ${overflow} px`);
        }
      }
      t.same(strangers, []);
      await page.close();
    });
  }
});
