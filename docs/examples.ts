import { DialectTable } from '../src/dialects/table.ts';
import { DEFAULT_LIMITS } from '../src/options/sizes.ts';
import { renderPlaceholder } from '../src/render-placeholder.ts';
import { code, table } from './table.ts';

/** The URLs that the README begins with, by the file name of their pictures. */
const EXAMPLES: Readonly<Record<string, string>> = {
  plain: '/image/300x200',
  colours: '/image/300x200/0f766e/ecfdf5?text=Hello',
  theme: '/image/300x200?theme=ocean&pattern=grid',
  script: '/image/300x200?seed=any&text=プレースホルダー',
  scene: '/image/300x200?scene=mountains&text=',
  avatar: '/avatar/200/Ada+Lovelace',
  placehold: '/placehold.co/300x200/orange/white',
  picsum: '/picsum.photos/id/237/300/200',
};

const fileOf = (name: string): string => `docs/examples/${name}.png`;

/** Px that the pictures are shown wide, and the output pixels that each has. */
const SHOWN = { width: 150, scale: 2 };

/** The picture of a URL as a PNG for dense screens, whatever format the URL asks for. */
async function draw(target: string): Promise<Buffer> {
  const found = new DialectTable().resolve(target, 'localhost');
  const meant = found?.dialect.read(found.target, { limits: DEFAULT_LIMITS, accept: undefined, base: '' });
  if (meant?.kind !== 'picture') throw new Error(`${target} is no picture`);
  const { body } = await renderPlaceholder({ ...meant.options, format: 'png', scale: SHOWN.scale });
  return body;
}

/** What draws the pictures of the examples, by their path from the root of the project. */
export const EXAMPLE_PICTURES = Object.entries(EXAMPLES).map(
  ([name, target]) => [fileOf(name), () => draw(target)] as const,
);

/** Two examples to a row: each URL, and beside it what it answers. */
export function examplesTable(): string {
  const cells = Object.entries(EXAMPLES).map(([name, target]) => [
    code(target),
    `<img src="${fileOf(name)}" width="${SHOWN.width}" alt="">`,
  ]);
  const rows = cells.flatMap((cell, i) => (i % 2 === 0 ? [[...cell, ...(cells[i + 1] ?? ['', ''])]] : []));
  return table(['URL', 'picture', 'URL', 'picture'], rows);
}
