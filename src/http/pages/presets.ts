import type { FormFields } from './own-url.ts';

/** The playground's initial form fields. */
export const INITIAL = {
  dimensions: '600x400',
};

/** Pictures to start from. */
export const PRESETS: readonly { readonly title: string; readonly fields: FormFields }[] = [
  { title: 'Grey box', fields: { dimensions: '600x400' } },
  {
    title: 'Social card',
    fields: {
      dimensions: 'og',
      bg: '4338ca-0ea5e9',
      format: 'webp',
      angle: '120',
      text: 'Ship the layout\ntoday',
      font: 'lora',
      icon: 'rocket',
    },
  },
  {
    title: 'Photograph',
    fields: { dimensions: '640x16:9', format: 'webp', scene: 'mountains', seed: 'alps', unlabelled: '1' },
  },
  {
    title: 'Product',
    fields: {
      dimensions: '600',
      bg: 'f5e6d3',
      fg: '7c4a21',
      icon: 'shopping-bag',
      text: '€ 49',
      font: 'poppins',
      radius: '24',
    },
  },
  {
    title: 'Skyline hero',
    fields: {
      dimensions: '1200x500',
      format: 'webp',
      scene: 'skyline',
      seed: 'dusk',
      text: 'Good evening',
      font: 'playfair-display',
      align: 'bottom-left',
    },
  },
  {
    title: 'Round portrait',
    fields: {
      dimensions: '256',
      format: 'webp',
      scene: 'portrait',
      seed: 'ada',
      unlabelled: '1',
      radius: '50%',
    },
  },
  {
    title: 'Blueprint',
    fields: { dimensions: '600x400', theme: 'blueprint', pattern: 'grid', font: 'jetbrains-mono' },
  },
  {
    title: 'Leaderboard ad',
    fields: {
      dimensions: 'leaderboard',
      bg: 'fde68a',
      fg: '78350f',
      text: 'Your ad here',
      border: '2',
      'border.colour': '78350f',
    },
  },
  {
    title: 'Mesh',
    fields: {
      dimensions: '600x400',
      bg: 'f97316-db2777-4c1d95',
      format: 'webp',
      scene: 'mesh',
      unlabelled: '1',
    },
  },
  {
    title: 'Wireframe',
    fields: {
      dimensions: '600x400',
      bg: 'fafafa',
      fg: 'a1a1aa',
      pattern: 'cross',
      icon: 'image',
      unlabelled: '1',
      border: '2',
      'border.colour': 'd4d4d8',
    },
  },
];
