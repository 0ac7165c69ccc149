import t from 'tap';
import { EXTENSIONS, FORMAT_NAMES, FORMATS, formatOf } from '../src/formats.ts';

t.test('every extension names its format, in any case', async (t) => {
  for (const format of FORMAT_NAMES) {
    for (const extension of FORMATS[format].extensions) {
      t.equal(formatOf(extension), format);
      t.equal(formatOf(extension.toUpperCase()), format);
      t.ok(EXTENSIONS.includes(extension));
    }
  }
  t.same([...EXTENSIONS].sort(), ['avif', 'gif', 'jpeg', 'jpg', 'png', 'svg', 'webp']);
  t.equal(new Set(EXTENSIONS).size, EXTENSIONS.length, 'no extension has two meanings');
});

t.test('what is no extension', async (t) => {
  for (const name of ['', ' png', 'png ', '.png', 'nope', 'constructor', '__proto__', 'toString', 'ｐｎｇ'])
    t.equal(formatOf(name), undefined, name);
});
