// Draws heavy pictures of each kind in threads, one after the other, and tells what memory the process came to hold.
import type { RenderOptions } from '../../src/index.ts';
import { createPlaceholderValue } from '../../src/options/options.ts';
import { RenderThreads } from '../../src/render/threads.ts';

const THAI = 'ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน'.repeat(10).slice(0, 300);
const GRADIENT = { bg: 'red,blue', radius: 20 };
const SHAPES = { pattern: 'dots', radius: 20, border: 4 };

/** Pictures of which each made a process grow by 2 to 40 MB, each time with other options. */
const KINDS: Readonly<Record<string, (i: number) => RenderOptions>> = {
  'png with shapes': (i) => ({ width: 900 + i, height: 900, ...SHAPES }),
  'gif with shapes': (i) => ({ width: 900 + i, height: 900, ...SHAPES, format: 'gif' }),
  'png gradient': (i) => ({ width: 1200 + i, height: 1200, ...GRADIENT }),
  'jpeg gradient': (i) => ({ width: 1200 + i, height: 1200, ...GRADIENT, format: 'jpeg' }),
  'webp gradient': (i) => ({ width: 900 + i, height: 900, ...GRADIENT, format: 'webp' }),
  'avif gradient': (i) => ({ width: 600 + i, height: 600, ...GRADIENT, format: 'avif' }),
  'png of Thai': (i) => ({ width: 2000 - i, height: 2000, text: THAI }),
  'svg of Thai': (i) => ({ width: 2000 - i, height: 2000, text: THAI, format: 'svg' }),
  'png with emoji': (i) => ({ width: 1200 + i, height: 1200, text: `😀 ${i}` }),
};

/** What is drawn, and what memory there was: MiB at the end of each round. */
export interface Growth {
  readonly kind: string;
  readonly rss: readonly number[];
}

const [rounds, perRound] = process.argv.slice(2).map(Number) as [number, number];
const threads = new RenderThreads(1);
const growth: Growth[] = [];
for (const [kind, options] of Object.entries(KINDS)) {
  const rss: number[] = [];
  for (let i = 0; i < rounds * perRound; i++) {
    await threads.render(createPlaceholderValue(options(i)));
    if ((i + 1) % perRound === 0) rss.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
  }
  growth.push({ kind, rss });
}
await threads.close();
process.stdout.write(JSON.stringify({ growth, peak: process.resourceUsage().maxRSS / 1024 }));
