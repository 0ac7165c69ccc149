// Draws small pictures as a program does, and tells what memory it held at the end of each round: MiB.
import { renderPlaceholder } from '../../src/index.ts';

const [rounds, perRound] = process.argv.slice(2).map(Number) as [number, number];
const rss: number[] = [];
for (let round = 0; round < rounds; round++) {
  for (let i = 0; i < perRound; i++)
    await renderPlaceholder({ width: 60 + (i % 100), height: 40, text: String(round) });
  rss.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
}
process.stdout.write(JSON.stringify(rss));
