import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import t from 'tap';
import { startChromium } from '../../helper/chromium.ts';
import { settled, visit, withoutThumbnails } from '../../helper/page.ts';
import { startService } from '../../helper/service.ts';

const line = (page: Page): Promise<string> => page.locator('#url').inputValue();

t.test('the playground when something is wrong', async (t) => {
  const context = await startChromium(t);
  await withoutThumbnails(context);
  const service = await startService(t);
  const { url: origin } = service;

  t.test('an error is shown at the control that caused it', async (t) => {
    const { page } = await visit(context, `${origin}/`);
    const bad: readonly (readonly [string, string, RegExp])[] = [
      ['dimensions', '2001x400', /width must be an integer from 1 to 2000, got 2001/],
      ['fg', 'nocolour', /fg must be/],
      ['weight', '1000', /weight must be an integer from 100 to 900 or bold/],
      ['icon', 'no-such-icon', /icon must be/],
      ['border', '9999', /border must be/],
    ];
    for (const [name, value, message] of bad) {
      await page.locator(`#o-${name}`).fill(value);
      const error = page.locator(`#e-${name}`);
      await error.waitFor({ state: 'visible' });
      t.match(await error.textContent(), message, name);
      t.equal(await page.locator(`#o-${name}`).getAttribute('aria-invalid'), 'true');
      await page.locator(`#o-${name}`).fill(name === 'dimensions' ? '600x400' : '');
      await error.waitFor({ state: 'hidden' });
    }
    await page.close();
  });

  t.test('an error in a shared URL is shown at the URL', async (t) => {
    const { page } = await visit(context, `${origin}/#/image/9999?text=Hi`);
    const error = page.locator('#e-url');
    await error.waitFor({ state: 'visible' });
    t.match(await error.textContent(), /got 9999/);
    t.equal(await line(page), '/image/9999?text=Hi');
    t.equal(await page.locator('#url').getAttribute('aria-invalid'), 'true');
    t.equal(await page.locator('#o-dimensions').getAttribute('aria-invalid'), null, 'its field says another');
    await page.getByRole('button', { name: 'Copy URL' }).click();
    await page.getByText('Nothing is copied').waitFor();
    await page.locator('#url').fill('/image/999?text=Hi');
    await error.waitFor({ state: 'hidden' });
    await page.close();
  });

  t.test('text that the browser refuses to copy is selected', async (t) => {
    const { page } = await visit(context, `${origin}/`);
    await settled(page, '/image/600x400');
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))");
    await page.locator('[data-copy="markdown"]').click();
    await page.getByText('the code is selected').waitFor();
    t.match(
      await page.evaluate('getSelection().toString()'),
      /^!\[600 × 400\]\(http.*\/image\/600x400\.png\)$/,
    );
    await page.close();
  });

  t.test('a user who is faster than the service loses nothing', async (t) => {
    const { page } = await visit(context, `${origin}/`);
    await settled(page, '/image/600x400');
    await context.route(/explain\.json/, async (route) => {
      await delay(500);
      await route.continue();
    });
    await page.locator('[data-for="o-bg"]').fill('#0f766e');
    await page.getByRole('button', { name: '+ colour' }).click();
    await page.locator('#o-text').fill('Hi');
    await settled(page, '/image/600x400/0f766e-0ea5e9?text=Hi');
    t.equal(await page.locator('#o-bg').inputValue(), '0f766e-0ea5e9');
    await context.unroute(/explain\.json/);
    await page.close();
  });

  t.test('a service that is gone is asked again', async (t) => {
    const { page } = await visit(context, `${origin}/`);
    await settled(page, '/image/600x400');
    await service.stop('SIGKILL');
    await page.locator('#o-text').fill('Gone');
    await page.getByText('the service does not answer').waitFor();
    await startService(t, { env: { PORT: String(service.port) } });
    await settled(page, '/image/600x400?text=Gone');
    t.equal(await page.locator('#e-url').isVisible(), false);
    t.match(await page.locator('#facts').textContent(), /^600 × 400 px/);
    await page.close();
  });
});
