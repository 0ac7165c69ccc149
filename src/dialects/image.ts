import { askingFor, invalid } from '../errors.ts';
import { invalidColor } from '../options/color.ts';
import { isExtension } from '../options/parse.ts';
import { isNamedSize, type Limits, parseSize } from '../options/sizes.ts';
import type { Dialect, MeantPicture, ReadContext, Target } from './dialect.ts';
import { queryInPath, readOwn, type Segment, segmentsOf, splitEnd } from './own-path.ts';

const MOUNT = '/image';

/** `{size}/{background}/{foreground}` */
const MOST_SEGMENTS = 3;

/** The part that an error names, by segment. */
const PARTS = [
  ['invalid-size', 'size'],
  ['invalid-color', 'bg'],
  ['invalid-color', 'fg'],
] as const;

/** Whether a target answers with a picture. */
function answers(path: string, query: string, limits: Limits): boolean {
  try {
    read({ path, query }, { limits });
    return true;
  } catch {
    return false;
  }
}

/** @throws GreyboxError for a path that goes on as a query would: `/300&text=Hi` */
function refuseQuery(path: string, limits: Limits): void {
  const meant = queryInPath(path);
  if (meant === undefined) return;
  const at = segmentsOf(path, MOST_SEGMENTS).findIndex((segment) => /[&?]/.test(segment));
  const [code, parameter] = PARTS[at] ?? PARTS[0];
  const value = segmentsOf(path, MOST_SEGMENTS)[at] ?? path;
  const hint = answers(meant.path, meant.query, limits)
    ? `write ${MOUNT}${meant.path}?${meant.query}`
    : undefined;
  throw invalid(code, parameter, 'followed by ? where options begin', value, undefined, hint);
}

/** The first segment without its scale and extension. A name such as `placehold.co` has none: it is named as a whole. */
function subjectOf(segment: string): Segment {
  const subject = splitEnd(segment);
  const { text, extension = '' } = subject;
  const isWhole = /^[a-z]/i.test(text) && extension !== '' && !isExtension(extension) && !isNamedSize(text);
  return isWhole ? { text: segment } : subject;
}

const SIZE = /^\d{1,5}[x×]\d{1,5}$/i;

/** @throws GreyboxError for a size that stands where a colour should: `/ff0000/600x400`, `/600/40` */
function refuseSizeAsColor(size: string, { text }: Segment, limits: Limits): void {
  if (SIZE.test(text)) {
    const isColor = size !== '' && !SIZE.test(size) && answers(`/${text}/${size}`, '', limits);
    const alone = answers(`/${text}`, '', limits) ? `write ${text} alone` : undefined;
    const hint = isColor ? `write ${text}/${size}` : alone;
    throw invalid('invalid-size', 'size', 'the first part of the path, once', size, undefined, hint);
  }
  if (/^(?:\d{1,2}|\d{5})$/.test(text) && /^\d{1,5}$/.test(size)) {
    throw invalidColor(text, 'bg', undefined, `for a size write ${size}x${text}`);
  }
}

function read({ path, query }: Target, { limits }: Pick<ReadContext, 'limits'>): MeantPicture {
  refuseQuery(path, limits);
  const [first = '', ...colors] = segmentsOf(path, MOST_SEGMENTS);
  if (colors.length >= MOST_SEGMENTS) {
    const form = `${MOUNT}/{size}/{background}/{foreground}.{ext} at most`;
    throw invalid('invalid-option', 'path', form, path.slice(1));
  }
  const subject = subjectOf(first);
  const next = colors[0] === undefined ? undefined : splitEnd(colors[0]);
  if (next && SIZE.test(next.text)) refuseSizeAsColor(subject.text, next, limits);
  const size = parseSize(subject.text, limits);
  return askingFor({ ...size, scale: 1 }, () => {
    if (next) refuseSizeAsColor(subject.text, next, limits);
    return readOwn({ subject, colors }, query, size, limits);
  });
}

/**
 * Reads what follows `/image/` in a URL.
 * @throws GreyboxError with a 4xx status
 */
export function parseImageUrl(target: string, limits: Limits): MeantPicture {
  const at = target.indexOf('?');
  const path = `/${at < 0 ? target : target.slice(0, at)}`;
  return read({ path, query: at < 0 ? undefined : target.slice(at + 1) }, { limits });
}

/** greybox's own grammar. */
export const IMAGE: Dialect = {
  name: MOUNT,
  hosts: [],
  paths: [MOUNT],
  forms: ['/{size}[@{scale}x][/{background}[/{foreground}]][.{ext}][?options]'],
  examples: [
    '/600x400',
    '/400.webp',
    '/640x16:9/ff0000/fff.svg',
    '/og@2x.png?text=Hello',
    '/600x400.webp/fff/000',
    '/600x400/fff/000@2x.png',
  ],
  read,
};
