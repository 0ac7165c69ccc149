import { type Format, formatOf } from '../../formats.ts';
import { readColor } from './color.ts';
import { splitFormat } from './format.ts';

/** What may follow a size in a path. */
export interface Rest {
  readonly bg?: string;
  readonly fg?: string;
  /** The first extension's format, whether after a size, after a colour or as a segment of its own. */
  readonly format?: Format;
}

/** Other text that some pages add after an extension: `fff.png C/O https://placeholder.com/`. */
const AFTER_EXTENSION = /(?<=\.[a-z]{3,4})\s.*/is;

/** A scale at the end of a segment, where some pages write it instead of after the size: `fff@2x`. */
const SCALE = /@[1-4]x$/i;

/**
 * Reads the segments that follow a size: one or two colours, and an extension after any of them or by itself. An empty
 * segment stands for a colour that is left out.
 * @throws GreyboxError `invalid-color`
 */
export function readRest(segments: readonly string[]): Rest {
  let format: Format | undefined;
  const colors: string[] = [];
  for (const segment of segments) {
    const alone = formatOf(segment.replace(/^\./, ''));
    const split = alone ? { rest: '', format: alone } : splitFormat(segment.replace(AFTER_EXTENSION, ''));
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
