import type { Page } from 'playwright-core';
import t from 'tap';
import { OPTIONS, SHOWN_OPTIONS } from '../../../src/options/option-table.ts';
import type { OptionName } from '../../../src/options/values.ts';
import { startChromium } from '../../helper/chromium.ts';
import { settled, until, visit, withoutThumbnails } from '../../helper/page.ts';
import { startService } from '../../helper/service.ts';

const clipboard = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()');
const line = (page: Page): Promise<string> => page.locator('#url').inputValue();

/** Sets the control of an option by hand, and says what the URL should have for it. */
async function operate(page: Page, name: OptionName): Promise<string> {
  const { control } = OPTIONS[name];
  const [radio] = await page.locator(`input[type=radio][name="${name}"]`).all();
  const select = page.locator(`select[name="${name}"]`);
  if (control.kind === 'choice') {
    const value = control.choices.at(-1) ?? '';
    if (radio)
      await page.locator(`input[type=radio][name="${name}"][value="${value}"]`).check({ force: true });
    else await select.selectOption(value);
    return value;
  }
  if (await select.count()) {
    await select.selectOption('2');
    return '2';
  }
  if (control.kind === 'toggle') {
    await page.locator(`input[name="${name}"]`).check();
    return 'true';
  }
  const value = OPTIONS[name].example.split(',')[0] ?? '';
  await page.locator(`#o-${name}`).fill(value);
  return value;
}

/** Leaves an option out by hand. */
async function leaveOut(page: Page, name: OptionName): Promise<void> {
  const reset = page.locator(`[data-reset="${name}"]`);
  if (await reset.count()) return reset.click();
  const control = page.locator(`#o-${name}`);
  if (await page.locator(`select[name="${name}"]`).count()) await control.selectOption('');
  else await control.fill('');
}

t.test('the playground', async (t) => {
  const context = await startChromium(t);
  await withoutThumbnails(context);
  const { url: origin } = await startService(t);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });

  t.test('the copied URL gives the same bytes as the picture that was built by hand', async (t) => {
    const { page, strangers, faults } = await visit(context, `${origin}/`);
    await page.locator('#o-dimensions').fill('320x200');
    await page.locator('#o-text').fill('Two\nlines');
    await page.getByRole('radio', { name: 'hills' }).check({ force: true });
    await page.locator('#o-format').selectOption('webp');
    await settled(page, '/image/320x200.webp?text=Two%0Alines&scene=hills');
    await page.getByRole('button', { name: 'Copy URL' }).click();
    const url = await clipboard(page);
    t.equal(url, `${origin}/image/320x200.webp?text=Two%0Alines&scene=hills`);
    const source = await page.locator('#picture').getAttribute('src');
    const [shown, copied] = await Promise.all(
      [new URL(source ?? '', origin), url].map(async (one) =>
        Buffer.from(await (await fetch(one)).arrayBuffer()),
      ),
    );
    t.ok(copied?.equals(shown as Buffer));
    t.equal(
      await page
        .locator('#picture')
        .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
      320,
    );
    t.same([strangers, faults], [[], []]);
    await page.close();
  });

  t.test('each copy button reads back from the clipboard', async (t) => {
    const { page } = await visit(context, `${origin}/#/image/300x200/fde68a?text=Hi`);
    await settled(page, '/image/300x200/fde68a?text=Hi');
    const { snippets } = (await (await fetch(`${origin}/image/300x200/fde68a.json?text=Hi`)).json()) as {
      snippets: Record<string, string>;
    };
    for (const [kind, snippet] of Object.entries(snippets)) {
      await page.locator(`.copies [data-copy="${kind}"]`).click();
      await until(
        async () => (await page.locator('#toast').textContent()) === `Copied: ${kind}`,
        'it is copied',
      );
      t.equal(await clipboard(page), snippet, kind);
    }
    await page.locator('[data-copy="image"]').click();
    await until(
      async () => (await page.locator('#toast').textContent()) === `Copied the picture`,
      'it is copied',
    );
    const type = await page.evaluate('navigator.clipboard.read().then(([one]) => one.types.join())');
    t.equal(type, 'image/png');
    t.equal(await page.locator('#download').getAttribute('href'), '/image/300x200/fde68a?text=Hi');
    t.ok((await page.locator('#recent-list li').count()) > 0, 'what was copied is kept');
    await page.close();
  });

  t.test('the state is in the address, and survives a reload', async (t) => {
    const { page } = await visit(context, `${origin}/#/image/og@2x/ff0000?icon=rocket&border=4,000`);
    await settled(page, '/image/og@2x/ff0000?icon=rocket&border=4,000');
    for (const at of ['opened', 'reloaded']) {
      t.equal(await page.locator('#o-icon').inputValue(), 'rocket', at);
      t.equal(await page.locator('#o-bg').inputValue(), 'ff0000', at);
      t.equal(await page.locator('#o-scale').inputValue(), '2', at);
      t.equal(await page.locator('[name="border.colour"]').inputValue(), '000', at);
      await page.reload();
      await settled(page, '/image/og@2x/ff0000?icon=rocket&border=4,000');
    }
    await page.close();
  });

  t.test('every control changes the URL as its row says', async (t) => {
    const { page } = await visit(context, `${origin}/`);
    await settled(page, '/image/600x400');
    for (const name of SHOWN_OPTIONS) {
      const value = await operate(page, name);
      const url = new URL(await line(page), origin);
      const explained = (await (
        await fetch(`${origin}/explain.json?url=${encodeURIComponent(url.href)}`)
      ).json()) as { fields: Record<string, string> };
      t.equal(
        explained.fields[name]?.replaceAll('\n', '\\n'),
        value,
        `${name} in ${url.pathname}${url.search}`,
      );
      await leaveOut(page, name);
      t.equal(await line(page), '/image/600x400', `${name} is left out again`);
    }
    await page.close();
  });

  t.test('a size is chosen by its name, or by a ratio', async (t) => {
    const { page } = await visit(context, `${origin}/`);
    await settled(page, '/image/600x400');
    await page.locator('#named').selectOption('16:9');
    await settled(page, '/image/600x16:9');
    t.match(await page.locator('#facts').textContent(), /^600 × 338 px/);
    await page.locator('#named').selectOption('leaderboard');
    await settled(page, '/image/leaderboard');
    t.match(await page.locator('#facts').textContent(), /^728 × 90 px/);
    t.equal(
      await page.locator('#named option[value="4k"]').isDisabled(),
      true,
      'what is too large cannot be',
    );
    await page.close();
  });

  t.test("any service's URL is read, and ours is shown", async (t) => {
    const { page } = await visit(context, `${origin}/`);
    await page.locator('#url').fill('https://placehold.co/300x200/orange/white.png?text=Old');
    await page.locator('#note a').waitFor();
    const ours = await page.locator('#note a').textContent();
    t.match(ours, /^\/image\/300x200\//);
    t.equal(await page.locator('#o-text').inputValue(), 'Old');
    const [old, own] = await Promise.all(
      ['/placehold.co/300x200/orange/white.png?text=Old', ours ?? ''].map(async (path) =>
        (await fetch(origin + path)).headers.get('etag'),
      ),
    );
    t.equal(old, own, 'it is the same picture');
    await page.close();
  });

  t.test('the corner resizes the picture, by mouse and by keys', async (t) => {
    const { page } = await visit(context, `${origin}/#/image/200x100`);
    await settled(page, '/image/200x100');
    await page.locator('#corner').press('ArrowRight');
    await page.locator('#corner').press('Shift+ArrowDown');
    await settled(page, '/image/210x101');
    const box = await page.locator('#corner').boundingBox();
    const [x, y] = [(box?.x ?? 0) + 14, (box?.y ?? 0) + 14];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 20, y + 30);
    await page.mouse.up();
    await settled(page, '/image/250x161');
    t.match(await page.locator('#facts').textContent(), /^250 × 161 px/);
    await page.close();
  });
});
