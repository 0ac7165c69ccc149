import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readSource } from '../../dialects/source.ts';
import { DialectTable } from '../../dialects/table.ts';
import { GreyboxError, quote } from '../../errors.ts';
import { FORMATS } from '../../formats.ts';
import { cacheKey } from '../../options/cache-key.ts';
import { createPlaceholderValue, type Placeholder, type RenderOptions } from '../../options/options.ts';
import type { Asked } from './arguments.ts';

/** Where a source came from, for messages: its own text, or a line of a file. */
export interface Source {
  readonly text: string;
  readonly place: string;
}

/** A picture and its file. */
export interface Job {
  readonly placeholder: Placeholder;
  readonly key: string;
  readonly file: string;
}

export interface Plan {
  readonly jobs: readonly Job[];
  /** The faults of sources, one sentence each. */
  readonly faults: readonly string[];
}

/** What `--name` may hold in braces. */
export const NAME_PARTS = ['w', 'h', 'scale', 'format', 'n', 'hash'] as const;
type Parts = Readonly<Record<(typeof NAME_PARTS)[number], string | number>>;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** `600x400`, `600x400@2x`; with a hash if a URL says more about a picture than its size. */
function defaultName({ w, h, scale, hash }: Parts, isPlain: boolean): string {
  return `${w}x${h}${scale === 1 ? '' : `@${scale}x`}${isPlain ? '' : `-${hash}`}`;
}

/** Fills in a template. */
function fillIn(template: string, parts: Parts): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    String(parts[name as keyof Parts] ?? whole),
  );
}

const PARTS_SHOWN = NAME_PARTS.map((part) => `{${part}}`);

/** The faults of a template, one sentence each. */
export function faultsOfName(template: string): string[] {
  const parts = template.match(/\{[^{}]*\}?/g) ?? [];
  const unknown = parts.filter((part) => !PARTS_SHOWN.includes(part));
  const faults = unknown.map((part) => `--name may hold ${PARTS_SHOWN.join(' ')}, got ${quote(part)}`);
  if (/(?:^|[/\\])$/.test(template))
    faults.push(`--name must end in a file name, got ${quote(template) || 'nothing'}`);
  if (template.split(/[/\\]/).includes('..'))
    faults.push(`--name must stay within --out, without .. as a folder, got ${quote(template)}`);
  return faults;
}

/** Whether a source gives only a picture's size, scale and format. */
function isPlain(options: RenderOptions): boolean {
  const plain = ['width', 'height', 'scale', 'format'];
  return Object.entries(options).every(([name, value]) => value === undefined || plain.includes(name));
}

/** The pictures of one source, one for each format. */
function jobsOf(text: string, n: number, table: DialectTable, asked: Asked): Job[] {
  const { options } = readSource(text, table, asked.limits);
  const formats = asked.formats.length > 0 ? asked.formats : [options.format];
  return formats.map((format) => {
    const given = { ...options, ...asked.options, ...(format !== undefined && { format }) };
    const placeholder = createPlaceholderValue(given, asked.limits);
    const key = cacheKey(placeholder);
    const { width: w, height: h, scale } = placeholder;
    const parts: Parts = { w, h, scale, format: placeholder.format, n, hash: hashOf(key) };
    const extension = asked.formats.length > 0 ? format : FORMATS[placeholder.format].extensions[0];
    const name = asked.name === undefined ? defaultName(parts, isPlain(options)) : fillIn(asked.name, parts);
    return { placeholder, key, file: join(asked.out, `${name}.${extension}`) };
  });
}

/** Reads all sources. The same picture is drawn only once, and no two pictures get the same file. */
export function planJobs(sources: readonly Source[], asked: Asked): Plan {
  const table = new DialectTable();
  const jobs = new Map<string, Job>();
  const faults = new Set<string>();
  for (const [index, { text, place }] of sources.entries()) {
    try {
      for (const job of jobsOf(text, index + 1, table, asked)) {
        const other = jobs.get(job.file);
        if (other && other.key !== job.key)
          faults.add(
            `${place}: ${job.file} is another picture's name already; give --name with {n} or {hash}`,
          );
        else jobs.set(job.file, job);
      }
    } catch (error) {
      if (!(error instanceof GreyboxError)) throw error;
      const isFlag = error.parameter !== undefined && error.parameter in asked.options;
      faults.add(isFlag ? `--${error.message}` : `${place}: ${error.message}`);
    }
  }
  return { jobs: [...jobs.values()], faults: [...faults] };
}
