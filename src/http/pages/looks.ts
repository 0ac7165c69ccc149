import type { OptionName } from '../../options/values.ts';

/** How the playground shows choices: as pictures of ours, places in a grid, or a list. */
export type Look = 'specimens' | 'thumbs' | 'places' | 'list';

/** Options whose choices are better seen than read. All others are lists. */
export const LOOKS: { readonly [Name in OptionName]?: Look } = {
  font: 'specimens',
  align: 'places',
  scene: 'thumbs',
  pattern: 'thumbs',
  theme: 'thumbs',
};

/** Options whose value may have a colour after a comma; the colour gets its own field. */
export const WITH_COLOUR: readonly string[] = ['pattern', 'border'] satisfies OptionName[];

/** Options shown in the row of the URL itself. */
export const IN_ROW: readonly string[] = ['bg', 'fg', 'scale', 'format'] satisfies OptionName[];

/** The end of a slider, if the option's own bound is that of the largest picture. */
export const SLIDER_END: { readonly [Name in OptionName]?: number } = {
  size: 200,
  padding: 200,
  radius: 200,
  border: 40,
};

/** Options whose text may have several lines. */
export const MULTILINE: readonly string[] = ['text'] satisfies OptionName[];
