let segmenter: Intl.Segmenter | undefined;

/**
 * The characters of a text as a reader counts them (UAX #29). The segmenter is created for the first text: that takes
 * longer than all the rest of importing greybox.
 */
export function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}
