import type { OptionName } from '../../options/values.ts';

/** How the playground shows a choice: each as a picture of ours, a place in a grid, or a list. */
export type Look = 'specimens' | 'thumbs' | 'places' | 'list';

/** Choices that are better seen than read. All others are lists. */
export const LOOKS: { readonly [Name in OptionName]?: Look } = {
  font: 'specimens',
  align: 'places',
  scene: 'thumbs',
  pattern: 'thumbs',
  theme: 'thumbs',
};

/** Options whose value may have a colour after a comma: a field of its own. */
export const WITH_COLOUR: readonly string[] = ['pattern', 'border'] satisfies OptionName[];

/** Options whose place is the row of the URL itself. */
export const IN_ROW: readonly string[] = ['bg', 'fg', 'scale', 'format'] satisfies OptionName[];

/** How far a slider goes where an option's bound is that of the largest picture. */
export const SLIDER_END: { readonly [Name in OptionName]?: number } = {
  size: 200,
  padding: 200,
  radius: 200,
  border: 40,
};

/** Options whose text may have several lines. */
export const MULTILINE: readonly string[] = ['text'] satisfies OptionName[];
