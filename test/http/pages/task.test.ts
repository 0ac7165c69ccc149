import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { startChromium } from '../../helper/chromium.ts';
import { until, visit } from '../../helper/page.ts';
import { startService } from '../../helper/service.ts';

/** The picture of the task: 1200×630, a gradient from the brand's colour, two lines of Lora, an icon, WebP, retina. */
const TASK = {
  dimensions: '1200x630',
  scale: '2',
  bg: '0f766e-0ea5e9',
  format: 'webp',
  text: 'Two lines\nof Lora',
  font: 'lora',
  icon: 'rocket',
};

async function isDone(t: Test, page: Page, origin: string): Promise<void> {
  const done = async (): Promise<boolean> => page.url().includes('rocket') && page.url().includes('lora');
  await until(done, 'the address has all of it').catch(async (error) => {
    throw new Error(`${error.message}: ${await page.locator('#url').inputValue()}`);
  });
  await until(
    async () => (await page.locator('#facts').textContent())?.includes('2400 × 1260') ?? false,
    'it is retina',
  );
  const path = await page.locator('#url').inputValue();
  const response = await fetch(`${origin}/explain.json?url=${encodeURIComponent(path)}`);
  t.match(((await response.json()) as { fields: object }).fields, TASK, path);
}

/** Goes on with the Tab key until the control of a name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const focused = () => page.evaluate('document.activeElement.name || document.activeElement.className');
  for (let presses = 0; presses < 60; presses++) {
    if ((await focused()) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${name}`);
}

t.test('a user who has never seen the grammar makes a card in a minute', async (t) => {
  const { url: origin } = await startService(t);
  const context = await startChromium(t, { bypassCSP: true, hasTouch: true });

  t.test('by mouse', async (t) => {
    const { page } = await visit(context, origin);
    await page.locator('#named').selectOption('og');
    await page.locator('#o-dimensions').fill('1200x630');
    await page.locator('#o-scale').selectOption('2');
    await page.locator('#o-format').selectOption('webp');
    await page.locator('[data-for="o-bg"]').fill('#0f766e');
    await page.getByRole('button', { name: '+ colour' }).click();
    await page.locator('#o-text').fill(TASK.text);
    await page.locator('label.choice[title="lora"]').click();
    await page.getByRole('button', { name: 'rocket', exact: true }).click();
    await isDone(t, page, origin);
    await page.close();
  });

  t.test('by keyboard', async (t) => {
    const { page } = await visit(context, origin);
    const type = async (name: string, text: string): Promise<void> => {
      await tabTo(page, name);
      await page.keyboard.press('Control+a');
      await page.keyboard.type(text);
    };
    await type('dimensions', TASK.dimensions);
    await tabTo(page, 'scale');
    await page.keyboard.type('2');
    await type('bg', TASK.bg);
    await tabTo(page, 'format');
    await page.keyboard.type('webp');
    await type('text', TASK.text);
    await tabTo(page, 'font');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await type('icon', TASK.icon);
    await isDone(t, page, origin);
    await page.close();
  });

  t.test('on a phone', async (t) => {
    const { page } = await visit(context, origin);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('#o-dimensions').fill(TASK.dimensions);
    await page.locator('#o-scale').selectOption('2');
    await page.locator('#o-bg').fill(TASK.bg);
    await page.locator('#o-format').selectOption('webp');
    await page.locator('#o-text').fill(TASK.text);
    await page.locator('label.choice[title="lora"]').tap();
    await page.locator('#o-icon').fill('rock');
    await page.getByRole('button', { name: 'rocket', exact: true }).tap();
    await isDone(t, page, origin);
    await page.close();
  });
});
