import { formatOf } from '../../formats.ts';
import { box, labelSize } from '../shared/box.ts';
import { readColor } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { afterFirst } from '../shared/parts.ts';
import { readRest } from '../shared/segments.ts';
import { readSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';
import { KEYWORDS } from './dummyimage-sizes.ts';

const BOUNDS = { min: 1, max: 5000 };
const PLCHLDR_FORMS = ['/i/{W}x{H}', '/i/{W}/{bg}/{fg}', '/i/{W}?bg=&fc=&text='];
const IPSUM_FORMS = ['/{W}x{H},{bg},{fg}', '/{W}?l={label}&s={label size}'];
const NET_FORMS = ['/{W}x{H}.png', '/{W}x{H}?text='];

const optional = (text: string | undefined, parameter: 'bg' | 'fg'): string | undefined =>
  text === undefined || text === '' ? undefined : readColor(text, parameter);

/** plchldr.co. */
export const plchldr = box({
  hosts: ['plchldr.co'],
  forms: PLCHLDR_FORMS,
  examples: ['/i/100', '/i/600x400/667eea/ffffff', '/i/200x200?bg=000000&fc=FFFFFF&text=Hi'],
  params: ['bg', 'fc', 'text'],
  bg: 'cccccc',
  fg: '969696',
  format: 'png',
  label: ({ width, height }) => `${width}x${height}`,
  read({ places, query }) {
    const [first = '', ...others] = places[0] === 'i' ? afterFirst(places) : places;
    const { rest: size, format } = splitFormat(first);
    const rest = readRest(others);
    const text = query.get('text');
    return {
      size: readSize(size, BOUNDS),
      bg: optional(query.get('bg'), 'bg') ?? rest.bg,
      fg: optional(query.get('fc'), 'fg') ?? rest.fg,
      format: format ?? rest.format,
      text: text ? labelText(text) : undefined,
    };
  },
});

/** Maximum parts of a path that are read: size, two colours, format, and some to spare. */
const IPSUM_PARTS = 8;

/** ipsumimage.appspot.com: commas separate what slashes separate elsewhere. */
export const ipsumimage = box({
  hosts: ['ipsumimage.appspot.com'],
  forms: IPSUM_FORMS,
  examples: ['/640x360', '/640x360,ff7700', '/200,333,fff?l=Hello|World&s=20'],
  params: ['l', 's', 'f'],
  bg: 'cccccc',
  fg: '000000',
  format: 'png',
  label: ({ width, height }) => `${width}x${height}`,
  read({ segments, query }) {
    const parts = segments.join(',').split(',', IPSUM_PARTS).map(splitFormat);
    const [size = '', bg, fg] = parts.map(({ rest }) => rest);
    const format = parts.find((part) => part.format)?.format ?? formatOf(query.get('f') ?? '');
    const label = query.get('l');
    return {
      size: readSize(KEYWORDS.get(size.toLowerCase()) ?? size, BOUNDS),
      bg: optional(bg, 'bg'),
      fg: optional(fg, 'fg'),
      format,
      text: label ? labelText(label, ['|', '\\n']) : undefined,
      more: labelSize(query.get('s')),
    };
  },
});

/** placehold.net, whose numbered pictures all have one size. */
export const placeholdNet = box({
  hosts: ['placehold.net'],
  forms: NET_FORMS,
  examples: ['/600x400.png', '/400x400?text=Hello', '/7.png'],
  params: ['text'],
  bg: 'cccccc',
  fg: '969696',
  format: 'png',
  label: ({ width, height }) => `${width} × ${height}`,
  read({ places: [first = '', ...others], query }) {
    const { rest: name, format } = splitFormat(first);
    // `product-400x400.png`: the subject and the size.
    const [, , rest = name] = /^([a-z\d-]+)-(\d+x\d+)$/i.exec(name) ?? [];
    const isNumbered = /^\d{1,2}$/.test(rest) || /^[a-z][a-z\d-]*$/i.test(rest);
    const text = query.get('text');
    const colors = readRest(others);
    return {
      ...colors,
      size: readSize(isNumbered ? '600x400' : rest, BOUNDS),
      format: format ?? colors.format,
      text: text ? labelText(text) : isNumbered ? '' : undefined,
      more: isNumbered ? { scene: /^avatar/i.test(rest) ? 'portrait' : 'hills', seed: rest } : {},
    };
  },
});
