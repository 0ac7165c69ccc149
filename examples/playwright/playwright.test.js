import assert from 'node:assert';
import { test } from 'node:test';
import { interceptPlaceholders } from 'greybox/playwright';
import { chromium } from 'playwright-core';

test('a page without a network', async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await interceptPlaceholders(page);
  await page.setContent(
    '<img src="https://via.placeholder.com/150"><img src="https://picsum.photos/200/300">',
  );
  await page.waitForLoadState('load');
  const widths = await page.evaluate(() => [...document.images].map((one) => one.naturalWidth));
  assert.deepEqual(widths, [150, 200]);
  await browser.close();
});
