import { type Format, formatOf } from '../../formats.ts';
import { readColor } from './color.ts';
import { splitFormat } from './format.ts';

/** What may follow a size in a path. */
export interface Rest {
  readonly bg?: string;
  readonly fg?: string;
  /** Of the first extension, behind a size or a colour or as a segment of its own. */
  readonly format?: Format;
}

/** What ends some pages' segments: the scale, which stands behind the size elsewhere, `fff@2x`. */
const SCALE = /@[1-4]x$/i;

/**
 * Reads the segments that follow a size: one or two colours, and an extension behind any of them or by itself. An empty
 * segment stands for a colour that is not given.
 * @throws GreyboxError `invalid-color`
 */
export function readRest(segments: readonly string[]): Rest {
  let format: Format | undefined;
  const colors: string[] = [];
  for (const segment of segments) {
    const alone = formatOf(segment.replace(/^\./, ''));
    const split = alone ? { rest: '', format: alone } : splitFormat(segment);
    format ??= split.format;
    if (!split.format || split.rest !== '') colors.push(split.rest.replace(SCALE, ''));
  }
  const [bg, fg] = colors;
  return {
    ...(bg && { bg: readColor(bg, 'bg') }),
    ...(fg && { fg: readColor(fg, 'fg') }),
    ...(format !== undefined && { format }),
  };
}
