import { spellDefault } from '../src/config/readers.ts';
import { SETTINGS } from '../src/config/settings.ts';
import { DEFAULT_FORMAT, FORMAT_NAMES, FORMATS } from '../src/formats.ts';
import { neededLimit, SIZE_GROUPS } from '../src/options/named-sizes.ts';
import type { Described } from '../src/options/option.ts';
import { OPTIONS, SHOWN_OPTIONS } from '../src/options/option-table.ts';
import { PSEUDO_FORMATS } from '../src/options/parse.ts';
import { DEFAULT_LIMITS } from '../src/options/sizes.ts';
import { examplesTable } from './examples.ts';
import { bundled, folderSize, type Package } from './packages.ts';
import { aimsTable, fuzzSentence, hitsTable, speedSentence } from './results.ts';
import { code, table } from './table.ts';

/** Defaults that depend on the machine, as words. */
const FALLBACK_WORDS: Partial<Record<keyof typeof SETTINGS, string>> = { renderConcurrency: 'cores' };

const list = (names: readonly string[]): string => names.map(code).join(' ');

function url(): string {
  const formats = FORMAT_NAMES.map((format) => {
    const names = FORMATS[format].extensions.map(code).join(' or ');
    return format === DEFAULT_FORMAT ? `${names} (default)` : names;
  });
  const pseudo: Record<(typeof PSEUDO_FORMATS)[number], string> = {
    auto: 'what `Accept` likes best',
    json: 'the options and ready-made snippets instead of a picture',
  };
  const special = PSEUDO_FORMATS.map((name) => `${code(name)}: ${pseudo[name]}`);
  return table(
    ['part', 'forms'],
    [
      [
        code('{size}'),
        `\`600x400\`, each side from 1 to ${DEFAULT_LIMITS.maxDimension}; \`400\` is a square; a ratio for one side, ` +
          '`640x16:9`; a named size, `og`',
      ],
      [
        code('@{scale}x'),
        '`@2x` `@3x` `@4x`, here or before the extension: more output pixels, the same label',
      ],
      [
        `${code('/{background}')} ${code('/{foreground}')}`,
        'hex of 3, 4, 6 or 8 digits, a CSS colour name, `transparent`, `ff0000,128` with alpha',
      ],
      [code('.{ext}'), `at the end or after the size: ${[...formats, ...special].join(', ')}`],
    ],
  );
}

/** The values of an option, as its row says them. */
function valuesOf({ forms, control }: Described): string {
  if (forms !== undefined) return forms;
  if (control.kind === 'integer') return `${control.min} to ${control.max}`;
  if (control.kind === 'choice') return list(control.choices);
  return control.kind === 'colour' ? 'a colour' : 'on or off';
}

function options(): string {
  const rows = SHOWN_OPTIONS.map((name) => {
    const row: Described = OPTIONS[name];
    const fallback = 'value' in row.otherwise ? code(row.otherwise.value) : row.otherwise.words;
    return [code(name), row.help, valuesOf(row), fallback];
  });
  return table(['option', 'what it is', 'values', 'default'], rows);
}

function sizes(): string {
  const rows = Object.entries(SIZE_GROUPS).map(([group, members]) => {
    const named = Object.entries(members).map(([name, [width, height]]) => {
      const needed = neededLimit(name, DEFAULT_LIMITS.maxDimension);
      const only = needed === undefined ? '' : ` (with \`MAX_DIMENSION=${needed}\`)`;
      return `${code(name)} ${width}×${height}${only}`;
    });
    return [group, named.join(', ')];
  });
  return table(['for', 'sizes'], rows);
}

function settings(): string {
  const rows = Object.entries(SETTINGS).map(([key, setting]) => {
    const { env, allowed, help } = setting;
    const spelled = spellDefault(setting);
    const fallback =
      FALLBACK_WORDS[key as keyof typeof SETTINGS] ?? (spelled === 'none' ? spelled : code(spelled));
    return [env.map(code).join(' or '), fallback, help, allowed];
  });
  return table(['variable', 'default', 'what it does', 'allowed'], rows);
}

/** Megabytes that packages take, in whole ones. */
function megabytes(packages: readonly Package[]): string {
  return `${Math.round(packages.reduce((sum, { name }) => sum + folderSize(name), 0) / 1e6)} MB`;
}

/** What may be left out of an install, by the names of the packages; what none of them means is for single scripts. */
const SPARE: Readonly<Record<string, RegExp>> = {
  'fonts for Chinese, Japanese and Korean': /noto-sans-(?:jp|kr|sc|tc)$/,
  'the whole of Inter: `⅓`, `‽`, accents on any letter': /^inter-ui$/,
  emoji: /^@iconify-json\//,
};

function weight(): string {
  const packages = bundled();
  const spare = packages.filter(({ optional }) => optional);
  const kinds = Object.entries(SPARE).map(
    ([what, name]) => [what, spare.filter((one) => name.test(one.name))] as const,
  );
  const heavy = kinds.flatMap(([, some]) => some);
  const rows = [
    ['fonts for most other scripts', megabytes(packages.filter(({ optional }) => !optional)), 'no'],
    ...kinds.map(([what, some]) => [what, megabytes(some), 'yes']),
    [
      'fonts for one rarer script each, [see there](scripts.md)',
      megabytes(spare.filter((one) => !heavy.includes(one))),
      'yes',
    ],
  ];
  const folders = heavy.map(({ name }) => name).join(' \\\n  ');
  return `${table(['of that', 'weighs', 'may be deleted'], rows)}\n\n\`\`\`sh\ncd node_modules && rm -r ${folders}\n\`\`\``;
}

type Make = () => string;

/** The generated parts by document and by the name in their markers: `<!-- begin url … -->` up to `<!-- end url -->`. */
export const PARTS: Readonly<Record<string, Readonly<Record<string, Make>>>> = {
  'README.md': { examples: examplesTable, speed: speedSentence },
  'docs/options.md': { url, options, sizes },
  'docs/settings.md': { settings },
  'docs/install.md': { weight },
  'docs/reliability.md': { fuzz: fuzzSentence },
  'docs/performance.md': { speed: hitsTable, figures: aimsTable },
};

/**
 * A document with its generated parts as they should be; all else stays.
 * @throws Error where a part has no markers
 */
export function renderParts(document: string, parts: Readonly<Record<string, Make>>): string {
  return Object.entries(parts).reduce((text, [name, make]) => {
    const [begin, end] = [`<!-- begin ${name}: written by npm run docs -->`, `<!-- end ${name} -->`];
    const from = text.indexOf(begin);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`a document must hold ${begin} and, after it, ${end}`);
    return `${text.slice(0, from + begin.length)}\n${make()}\n${text.slice(to)}`;
  }, document);
}
