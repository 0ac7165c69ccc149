import { walkScripts } from './scripts.ts';

// `npm run scripts` tells which scripts of Unicode labels are drawn in, and how much of each.

const line = ({ code, name, assigned, drawn }: ReturnType<typeof walkScripts>[number]): string =>
  `${code}  ${name.padEnd(36)} ${String(drawn).padStart(6)} of ${String(assigned).padStart(6)}${drawn === 0 ? '  none' : ''}\n`;

const scripts = walkScripts();
for (const [title, living] of [
  ['In use (UAX #31)', true],
  ['Other, most of them historic', false],
] as const) {
  const some = scripts.filter((script) => script.living === living);
  const drawn = some.filter((script) => script.drawn > 0).length;
  process.stdout.write(`${title}: ${drawn} of ${some.length} are drawn\n`);
  for (const script of some) process.stdout.write(line(script));
}
