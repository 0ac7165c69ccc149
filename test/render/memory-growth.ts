// Draws heavy pictures of each kind in threads, one after the other, and tells what memory the process came to hold.
import { createPlaceholderValue } from '../../src/options/options.ts';
import { RenderThreads } from '../../src/render/threads.ts';
import { HEAVY_PICTURES } from '../helper/heavy-pictures.ts';

/** What is drawn, and what memory there was: MiB at the end of each round. */
export interface Growth {
  readonly kind: string;
  readonly rss: readonly number[];
}

const [rounds, perRound] = process.argv.slice(2).map(Number) as [number, number];
const threads = new RenderThreads(1);
const growth: Growth[] = [];
for (const [kind, options] of Object.entries(HEAVY_PICTURES)) {
  const rss: number[] = [];
  for (let i = 0; i < rounds * perRound; i++) {
    await threads.render(createPlaceholderValue(options(i)));
    if ((i + 1) % perRound === 0) rss.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
  }
  growth.push({ kind, rss });
}
await threads.close();
process.stdout.write(JSON.stringify({ growth, peak: process.resourceUsage().maxRSS / 1024 }));
