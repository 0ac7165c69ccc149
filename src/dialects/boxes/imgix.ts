import { formatOf } from '../../formats.ts';
import { box, labelSize } from '../shared/box.ts';
import { colorOf } from '../shared/color.ts';
import { checkSize, sideOf } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const BOUNDS = { min: 1, max: 8192 };
const DEFAULT_WIDTH = 300;
const DEFAULT_HEIGHT = 150;

/** placeholdit.imgix.net, where placehold.it once sent its visitors. */
export const imgix = box({
  hosts: ['placeholdit.imgix.net'],
  forms: ['/~text?txtsize=&txt=&w=&h=&bg=&txtclr='],
  examples: [
    '/~text?txtsize=33&txt=350%C3%97150&w=350&h=150',
    '/~text?txt=64x64&w=64&h=64&bg=666&txtclr=fff',
  ],
  params: ['txtsize', 'txt', 'w', 'h', 'bg', 'txtclr', 'fm', 'txttrack', 'txtfont', 'txtalign', 'txtpad'],
  bg: 'cccccc',
  fg: '969696',
  format: 'png',
  label: ({ width, height }) => `${width}×${height}`,
  read({ query }) {
    const side = (name: string): number | undefined => sideOf(query.get(name) ?? '');
    const width = side('w') ?? side('h') ?? DEFAULT_WIDTH;
    const text = query.get('txt');
    return {
      size: checkSize({ width, height: side('h') ?? side('w') ?? DEFAULT_HEIGHT }, BOUNDS),
      bg: colorOf(query.get('bg') ?? ''),
      fg: colorOf(query.get('txtclr') ?? ''),
      format: formatOf(query.get('fm') ?? ''),
      text: text ? labelText(text) : undefined,
      more: labelSize(query.get('txtsize')),
    };
  },
});
