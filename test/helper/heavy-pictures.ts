import type { RenderOptions } from '../../src/index.ts';

const THAI = 'ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน'.repeat(10).slice(0, 300);
const LATIN = 'The quick brown fox jumps over the lazy dog and runs away. '.repeat(6).slice(0, 290);
const GRADIENT = { bg: 'red,blue', radius: 20 };
const SHAPES = { pattern: 'dots', radius: 20, border: 4 };

/** Sides of different pictures: for each number another, no larger than it has to be. */
const side = (from: number, i: number): number => from + (i % 100);

/** Pictures that threads draw, by what makes them heavy: for each number another one. */
export const HEAVY_PICTURES: Readonly<Record<string, (i: number) => RenderOptions>> = {
  'png with shapes': (i) => ({ width: side(900, i), height: 900, ...SHAPES }),
  'gif with shapes': (i) => ({ width: side(900, i), height: 900, ...SHAPES, format: 'gif' }),
  'png gradient': (i) => ({ width: side(1200, i), height: 1200, ...GRADIENT }),
  'jpeg gradient': (i) => ({ width: side(1200, i), height: 1200, ...GRADIENT, format: 'jpeg' }),
  'webp gradient': (i) => ({ width: side(900, i), height: 900, ...GRADIENT, format: 'webp' }),
  'avif gradient': (i) => ({ width: side(600, i), height: 600, ...GRADIENT, format: 'avif' }),
  'png of Thai': (i) => ({ width: side(1900, i), height: 2000, text: THAI }),
  'svg of Thai': (i) => ({ width: side(1900, i), height: 2000, text: THAI, format: 'svg' }),
  'svg of Latin': (i) => ({ width: 600, height: 400, text: `${LATIN}${i}`, format: 'svg' }),
  'png with emoji': (i) => ({ width: side(1200, i), height: 1200, text: `😀 ${i}` }),
};
