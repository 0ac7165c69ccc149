import t from 'tap';
import { walkScripts } from '../docs/scripts.ts';

/** Scripts in use that no package draws. */
const GAP = ['Batk', 'Cakm', 'Mand', 'Wcho'];

t.test('labels are drawn in every script that is in use, but for those that no package has', async (t) => {
  const scripts = walkScripts();
  t.ok(scripts.length > 150, `${scripts.length} scripts`);
  const living = scripts.filter((script) => script.living);
  t.equal(living.length, 64);
  t.strictSame(
    living.filter(({ drawn }) => drawn === 0).map(({ code }) => code),
    GAP,
  );
  for (const { code, drawn, assigned } of living) {
    // Han has a hundred thousand characters, kana and Tamil have historic forms.
    if (GAP.includes(code) || ['Hani', 'Hira', 'Taml'].includes(code)) continue;
    t.ok(drawn > 0.85 * assigned, `${code}: ${drawn} of ${assigned}`);
  }
});
