import type { RenderOptions } from '../../src/index.ts';

/** An option drawn at random: its values as in a URL. */
type Draw = (random: () => number) => string;

const pick =
  (...values: readonly string[]): Draw =>
  (random) =>
    values[Math.floor(random() * values.length)] ?? '';

const upTo =
  (least: number, most: number): Draw =>
  (random) =>
    String(Math.floor(least + random() * (most - least + 1)));

const color: Draw = (random) =>
  Math.floor(random() * 2 ** 24)
    .toString(16)
    .padStart(6, '0');

/** Mostly PNG, as in use; the slow encoders often enough to show a leak of theirs. */
const FORMAT = pick(
  ...Array<string>(40).fill('png'),
  ...Array<string>(6).fill('svg'),
  'jpeg',
  'webp',
  'gif',
  'avif',
);

/** How often an option is given, and its values. A version that does not know an option ignores it. */
const OPTIONS: Readonly<Record<string, readonly [share: number, draw: Draw]>> = {
  format: [1, FORMAT],
  bg: [0.4, (random) => (random() < 0.8 ? color(random) : `${color(random)},${color(random)}`)],
  fg: [0.2, color],
  text: [
    0.3,
    pick('Hello', 'A longer label that has to wrap', 'Two\nlines', 'Ελληνικά', 'Привет', '{ratio}'),
  ],
  font: [0.1, pick('inter', 'lato', 'roboto', 'jetbrains-mono')],
  weight: [0.1, upTo(100, 900)],
  size: [0.1, upTo(4, 120)],
  radius: [0.05, upTo(0, 40)],
  border: [0.05, upTo(0, 8)],
  pattern: [0.05, pick('cross', 'grid', 'checker', 'stripes', 'dots')],
};

/** Sides of pictures, in px; small ones are as frequent, octave by octave, as large ones. */
const [LEAST, MOST] = [16, 2000];

const side = (random: () => number): number => Math.round(LEAST * (MOST / LEAST) ** random());

/** Random options for one picture. */
export function randomOptions(random: () => number): RenderOptions {
  const given = Object.entries(OPTIONS).filter(([, [share]]) => random() < share);
  const options: Record<string, string> = Object.fromEntries(
    given.map(([name, [, draw]]) => [name, draw(random)]),
  );
  return { ...options, width: side(random), height: side(random) };
}
