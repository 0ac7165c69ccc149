let segmenter: Intl.Segmenter | undefined;

/**
 * The characters of a text as a reader counts them (UAX #29). What finds them is made for the first text: it takes
 * longer than all else that importing greybox does.
 */
export function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}
