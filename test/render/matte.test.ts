import sharp from 'sharp';
import t from 'tap';
import { renderPlaceholder } from '../../src/render-placeholder.ts';

const SHAPES = { flat: { bg: 'tomato' }, gradient: { bg: 'red,blue' }, clear: { bg: 'transparent' } };

for (const [name, options] of Object.entries(SHAPES)) {
  t.test(`a ${name} JPEG lies on white where it is see-through`, async (t) => {
    const { body } = await renderPlaceholder({
      width: 120,
      height: 80,
      format: 'jpg',
      radius: 24,
      ...options,
    });
    const { data } = await sharp(body).raw().toBuffer({ resolveWithObject: true });
    for (const channel of data.subarray(0, 3)) t.ok(channel > 235, `channel ${channel}`);
  });
}
