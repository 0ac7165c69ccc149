import { setImmediate as nextTurn } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { createPlaceholderValue } from '../../src/options/options.ts';
import { render } from '../../src/render/render.ts';
import { RenderThreads } from '../../src/render/threads.ts';

const LIGHT = createPlaceholderValue({ width: 60, height: 40 });
const HEAVY = createPlaceholderValue({ width: 2000, height: 2000, format: 'webp' });

/** Threads, and what was drawn without them; `t` ends them. */
function startThreads(t: Test, size: number) {
  const here: (typeof LIGHT)[] = [];
  const threads = new RenderThreads(size, (placeholder) => {
    here.push(placeholder);
    return render(placeholder);
  });
  t.teardown(() => threads.close());
  return { here, threads };
}

t.test('light pictures are drawn here, heavy ones there', async (t) => {
  const { here, threads } = startThreads(t, 1);
  await threads.render(LIGHT);
  t.same(here, [LIGHT]);
  await threads.render(HEAVY, true);
  t.same(here, [LIGHT]);
});

t.test('while many wait light ones are drawn there, with the same bytes', async (t) => {
  const { here, threads } = startThreads(t, 1);
  await threads.render(HEAVY);
  await threads.render(LIGHT, false);
  t.same(here, [LIGHT]);
  t.same(await threads.render(LIGHT, true), await render(LIGHT));
  t.same(here, [LIGHT]);
});

t.test('nobody waits for a thread to start', async (t) => {
  const { here, threads } = startThreads(t, 1);
  let drawn = 0;
  for (let before = -1; before < here.length; drawn++) {
    before = here.length;
    await threads.render(LIGHT, true);
    await nextTurn();
  }
  t.ok(here.length > 2, `${here.length} were drawn here until there was a thread`);
  t.equal(drawn, here.length + 1);
});
