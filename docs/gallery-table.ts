import { FORMAT_NAMES, FORMATS } from '../src/formats.ts';
import { ALIGNMENTS, PATTERNS } from '../src/options/choices.ts';
import { FONT_NAMES } from '../src/options/font-table.ts';
import { THEME_NAMES } from '../src/options/themes.ts';
import { SCENE_NAMES } from '../src/scene/scenes.ts';
import { EMOJI, SCRIPTS } from './gallery-texts.ts';

/** One picture of the gallery. */
export interface Tile {
  /** Its URL without `/image/`: drawn from it, and its caption. */
  readonly url: string;
  /** What it shows, where the URL alone does not tell. */
  readonly name?: string;
}

/** Pictures side by side in one file. */
export interface Section {
  readonly title: string;
  readonly columns: number;
  /** px of the largest tile */
  readonly width: number;
  readonly height: number;
  /** Shows every pixel as a square, so that all tiles are as large as the largest. */
  readonly enlarged?: true;
  readonly tiles: readonly Tile[];
}

/** Tiles of one size, by what follows it. */
const tiles = (size: string, ...rests: readonly string[]): Tile[] =>
  rests.map((rest) => ({ url: `${size}${rest}` }));

const texts = (size: string, named: Readonly<Record<string, string>>): Tile[] =>
  Object.entries(named).map(([name, text]) => ({ url: `${size}?text=${text}`, name }));

const WEIGHTS = [100, 200, 300, 400, 500, 600, 700, 800, 900];
const MIXED = 'The+quick+brown+fox+jumps+over+the+lazy+dog';

/** The gallery, by file name: every option, font, theme, pattern and format. Lists come from the tables in src. */
export const GALLERY = {
  colours: {
    title: 'Colours',
    columns: 4,
    width: 216,
    height: 108,
    tiles: tiles(
      '216x108',
      '',
      '/tomato',
      '/1e3a8a/bfdbfe',
      '?bg=gold&fg=navy',
      '/fff',
      '/111',
      '/transparent',
      '/ff0000,96',
    ),
  },
  gradients: {
    title: 'Gradients',
    columns: 4,
    width: 216,
    height: 108,
    tiles: tiles(
      '216x108',
      '/ff7e5f-feb47b',
      '/4f46e5-ec4899?angle=90',
      '/0f766e-a3e635?angle=45',
      '/111827-6b7280?angle=315',
      '?bg=f09,fc0,0cf&angle=90',
      '?bg=f45-fa0-2c5-38f',
      '/7c3aed-transparent',
      '/0008-fff0?angle=0',
    ),
  },
  scenes: {
    title: 'Scenes',
    columns: 4,
    width: 288,
    height: 192,
    tiles: SCENE_NAMES.flatMap((scene) =>
      tiles('288x192', `?scene=${scene}&text=`, `?scene=${scene}&seed=ada&text=`),
    ),
  },
  'scenes-in-colours': {
    title: 'Scenes in given colours, and with labels',
    columns: 4,
    width: 288,
    height: 192,
    tiles: tiles(
      '288x192',
      '?scene=hills&bg=0f766e&text=',
      '?scene=waves&bg=1e3a8a-f59e0b&text=',
      '?scene=skyline&bg=4c0519-fb7185-fed7aa&text=',
      '?scene=mesh&bg=f09-fc0-0cf-6d28d9&text=',
      '?scene=mountains&seed=5',
      '?scene=waves&seed=7&text=Ocean+Drive&align=bottom-left',
      '?scene=bokeh&seed=3&icon=music&text=Live',
      '?scene=portrait&seed=9&text=&radius=50%25',
    ),
  },
  icons: {
    title: 'Icons',
    columns: 6,
    width: 144,
    height: 96,
    tiles: tiles(
      '144x96',
      '?icon=image',
      '?icon=camera&text=',
      '?icon=user&seed=a&text=Ada',
      '?icon=shopping-cart&text=&bg=0f766e',
      '?icon=bell&align=top-right&size=24&text=',
      '?icon=heart&text=Likes&align=bottom-left&bg=ffe4e6',
    ),
  },
  corners: {
    title: 'Corners and borders',
    columns: 4,
    width: 216,
    height: 108,
    tiles: tiles(
      '216x108',
      '?radius=12',
      '/0ea5e9?radius=50%',
      '?border=1',
      '?border=6,tomato',
      '/fde68a?radius=24&border=4',
      '/0000?border=2&radius=10',
      '/6d28d9-db2777?radius=54',
      '/0f766e?radius=40,0,40,0',
    ).concat({ url: '108/363?radius=50%&border=6,bfb' }),
  },
  patterns: {
    title: 'Patterns',
    columns: 4,
    width: 216,
    height: 108,
    tiles: [
      ...tiles('216x108', ...PATTERNS.map((pattern) => `?pattern=${pattern}`)),
      ...tiles('216x108', '?theme=ink&pattern=grid', '/f72-d27?pattern=dots', '/fef3c7?pattern=dots,f59e0b'),
    ],
  },
  themes: {
    title: 'Themes',
    columns: 5,
    width: 170,
    height: 84,
    tiles: tiles('170x84', ...THEME_NAMES.map((theme) => `?theme=${theme}`)),
  },
  seeds: {
    title: 'Seeds',
    columns: 5,
    width: 170,
    height: 84,
    tiles: tiles('170x84', ...['ada', 'grace', 'alan', 'margaret', 'linus'].map((seed) => `?seed=${seed}`)),
  },
  sizes: {
    title: 'Sizes',
    columns: 4,
    width: 216,
    height: 120,
    tiles: tiles('', '216x120', '120', '216x2:1', '3:4x120', 'micro-bar', 'button', '216x24', '24x120'),
  },
  labels: {
    title: 'Labels',
    columns: 4,
    width: 216,
    height: 108,
    tiles: tiles(
      '216x108',
      '?text=Hello',
      '?text=Two\\nlines',
      '?text={width}+of+{ratio}',
      '?text=',
      '?size=14',
      '?text=Sale&size=64',
      `?text=${MIXED}`,
    ).concat({ url: `108x24?text=${MIXED}` }),
  },
  places: {
    title: 'Places of the label',
    columns: 3,
    width: 296,
    height: 108,
    tiles: tiles(
      '296x108',
      ...ALIGNMENTS.map((align) => `?align=${align}`),
      '?align=bottom-left&padding=8&size=14',
      '?padding=40',
      '?text=直骨今&lang=ja',
    ),
  },
  fonts: {
    title: 'Fonts',
    columns: 3,
    width: 296,
    height: 84,
    tiles: tiles('296x84', ...FONT_NAMES.map((font) => `?font=${font}&text=Quick+Fox`)),
  },
  weights: {
    title: 'Weights',
    columns: 3,
    width: 296,
    height: 84,
    tiles: tiles(
      '296x84',
      ...WEIGHTS.map((weight) => `?weight=${weight}&text=Quick+Fox`),
      '?weight=bold&text=Quick+Fox',
      '?font=poppins&weight=200&text=Fox',
      '?font=lora&weight=400&text=Fox',
    ),
  },
  scripts: { title: 'Scripts', columns: 3, width: 296, height: 108, tiles: texts('296x108', SCRIPTS) },
  emoji: { title: 'Emoji', columns: 3, width: 296, height: 108, tiles: texts('296x108', EMOJI) },
  scale: {
    title: 'Scale',
    columns: 4,
    width: 216,
    height: 108,
    enlarged: true,
    tiles: tiles('48x24', '@1x', '?scale=2', '@3x', '@4x'),
  },
  formats: {
    title: 'Formats',
    columns: 3,
    width: 296,
    height: 120,
    tiles: [
      ...FORMAT_NAMES.map((format) => ({
        url: `296x120/f59e0b-db2777.${FORMATS[format].extensions[0]}?text=Hi+👋&radius=20`,
      })),
      ...tiles('296x120/f59e0b-db2777.jpg', '?quality=1', '?quality=20', '?quality=100'),
    ],
  },
} as const satisfies Record<string, Section>;

/** The picture on top of the README: a little of everything. */
export const OVERVIEW: Section = {
  title: 'Placeholders drawn by greybox, each under its URL',
  columns: 4,
  width: 216,
  height: 144,
  tiles: tiles(
    '216x144',
    '',
    '/tomato',
    '/7c3aed-ec4899?angle=90',
    '?text=Hello\\nworld',
    '?theme=ink&pattern=grid',
    '?pattern=cross',
    '/transparent?border=2',
    '/0ea5e9?radius=50%',
    '?seed=ada&text=こんにちは',
    '?theme=mint&text=مرحبا',
    '?bg=fde68a&text=Hi+👋🏽',
    '?font=lora&text=Lora',
  ),
};
