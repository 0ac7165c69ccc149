import t from 'tap';
import { startChromium } from '../../helper/chromium.ts';
import { visit, withoutThumbnails } from '../../helper/page.ts';
import { startService } from '../../helper/service.ts';

t.test('without script the form leads to the picture', async (t) => {
  const { url: origin } = await startService(t);
  const context = await startChromium(t, { javaScriptEnabled: false });
  await withoutThumbnails(context);
  const { page } = await visit(context, `${origin}/`);
  t.equal(await page.locator('.line').isVisible(), false, 'nothing is shown that needs a script');
  await page.locator('#o-dimensions').fill('320x200');
  await page.locator('#o-bg').fill('0c4a6e');
  await page.locator('#o-text').fill('Plain');
  await page.locator('[name="pattern"][value="dots"]').check({ force: true });
  await page.locator('[name="pattern.colour"]').fill('fff');
  await page.getByRole('button', { name: 'Show the picture' }).click();
  await page.waitForURL(/\/image\//);
  t.equal(page.url(), `${origin}/image/320x200/0c4a6e?text=Plain&pattern=dots,fff`);
});
