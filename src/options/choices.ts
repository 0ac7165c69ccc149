// The words that options choose from.

/** Patterns over a background. */
export const PATTERNS = ['none', 'cross', 'grid', 'checker', 'stripes', 'dots'] as const;
export type Pattern = (typeof PATTERNS)[number];

/** Where a label stands in a picture. */
export const ALIGNMENTS = [
  'center',
  'top',
  'bottom',
  'left',
  'right',
  'top-left',
  'top-right',
  'bottom-left',
  'bottom-right',
] as const;
export type Align = (typeof ALIGNMENTS)[number];

/** Languages with their own forms of shared characters. */
export const LANGUAGES = ['ja', 'ko', 'zh-hans', 'zh-hant', 'ur'] as const;
export type Language = (typeof LANGUAGES)[number];
