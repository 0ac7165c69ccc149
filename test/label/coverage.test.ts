import t from 'tap';
import { catalogueFor } from '../../src/label/catalogue.ts';
import { facesOf } from '../../src/label/faces.ts';
import { fallbacksIn, orderFor } from '../../src/label/fallbacks.ts';
import { readCoverage } from '../../src/label/woff2.ts';
import { FONTS, type FontSpec } from '../../src/options/font-table.ts';

/** Fonts of Han: their hundreds of files take long to read, and are cut by what they promise. */
const HAN = /noto-sans-(?:jp|kr|sc|tc)$/;
/** Controls, which a label cannot hold, and what it draws nothing for. */
const NOTHING = /[\p{Cc}\p{Co}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;

t.test('whatever an installed font has is drawn', async (t) => {
  const order = orderFor('', undefined);
  const fallbacks = fallbacksIn(order);
  const catalogue = catalogueFor('inter', 600, order);
  const families = new Set<FontSpec>([...fallbacks.map(({ family }) => family), ...Object.values(FONTS)]);
  const lost = new Map<string, string>();
  let found = 0;
  for (const family of families) {
    if (HAN.test(family.package)) continue;
    for (const { name, path } of facesOf(family, family.variable ? 400 : (family.weights[0] ?? 400))) {
      for (const [first, last] of readCoverage(path)) {
        for (let point = first; point <= last; point++) {
          const character = String.fromCodePoint(point);
          if (NOTHING.test(character)) continue;
          found += 1;
          if (!catalogue.faceWith(character)) lost.set(character, name);
        }
      }
    }
  }
  t.ok(found > 30_000, `${found} glyphs`);
  t.strictSame([...lost], []);
});
