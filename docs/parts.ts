import sharp from 'sharp';
import { SETTINGS } from '../src/config.ts';
import { DEFAULT_FORMAT, FORMAT_NAMES, FORMATS } from '../src/formats.ts';
import { DEFAULT_LIMITS } from '../src/options/sizes.ts';
import { renderPlaceholder } from '../src/placeholder.ts';

/** The README's picture: its path from the root of the project, and what it shows. */
export const PICTURE = { path: 'docs/600x400.png', width: 600, height: 400 } as const;

/** Defaults that depend on the machine, as words. */
const FALLBACK_WORDS: Partial<Record<keyof typeof SETTINGS, string>> = { renderConcurrency: 'cores' };

const code = (text: string): string => `\`${text}\``;

/** A Markdown table; a pipe inside a cell would end it, so it is escaped. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function url(): string {
  const formats = FORMAT_NAMES.map((format) => {
    const names = FORMATS[format].extensions.map((ext) => code(ext)).join(' or ');
    return format === DEFAULT_FORMAT ? `${names} (default)` : names;
  });
  return table(
    ['part', 'forms'],
    [
      [
        code('{width}x{height}'),
        `whole pixels, each from 1 to ${DEFAULT_LIMITS.maxDimension}; one number is a square`,
      ],
      [code('.{ext}'), formats.join(', ')],
    ],
  );
}

function settings(): string {
  const rows = Object.entries(SETTINGS).map(([key, { env, fallback, allowed, help }]) => {
    const plain = fallback === undefined || fallback === '' ? 'none' : code(String(fallback));
    const words = FALLBACK_WORDS[key as keyof typeof SETTINGS];
    return [env.map(code).join(' or '), words ?? plain, help, allowed];
  });
  return table(['variable', 'default', 'what it does', 'allowed'], rows);
}

/** The generated parts of the README by the name in their markers: `<!-- begin url … -->` up to `<!-- end url -->`. */
export const PARTS: Readonly<Record<string, () => string>> = { url, settings };

/**
 * The README with its generated parts as they should be; all else stays.
 * @throws Error where a part has no markers
 */
export function renderReadme(readme: string): string {
  return Object.entries(PARTS).reduce((text, [name, make]) => {
    const [begin, end] = [`<!-- begin ${name}: written by npm run docs -->`, `<!-- end ${name} -->`];
    const from = text.indexOf(begin);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`README.md must hold ${begin} and, after it, ${end}`);
    return `${text.slice(0, from + begin.length)}\n${make()}\n${text.slice(to)}`;
  }, readme);
}

/** Draws the README's picture as a user of the library would. */
export async function drawPicture(): Promise<Buffer> {
  const { width, height } = PICTURE;
  return (await renderPlaceholder({ width, height })).body;
}

/** Whether two images show the same: pixels, for another release of Node may deflate them to other bytes. */
export async function samePixels(one: Buffer, other: Buffer): Promise<boolean> {
  const decode = (bytes: Buffer) => sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const [a, b] = await Promise.all([decode(one), decode(other)]);
  return a.info.width === b.info.width && a.info.height === b.info.height && a.data.equals(b.data);
}
