import { facesOf } from '../src/label/faces.ts';
import { fallbacksIn, orderFor } from '../src/label/fallbacks.ts';
import { readCoverage } from '../src/label/woff2.ts';
import { FONT_NAMES, FONTS, type FontSpec } from '../src/options/font-table.ts';
import { createPlaceholderValue } from '../src/options/options.ts';
import { render } from '../src/render/render.ts';
import { bundled } from './packages.ts';
import { BY_LANGUAGE, LIVING } from './script-samples.ts';
import { code, table } from './table.ts';

/** A script that this Node knows, and how much of it is drawn. */
export interface Script {
  /** ISO 15924 */
  readonly code: string;
  readonly name: string;
  readonly living: boolean;
  /** Characters that Unicode has assigned to it, and those of them that an installed font has. */
  readonly assigned: number;
  readonly drawn: number;
}

const NAMES = new Intl.DisplayNames('en', { type: 'script' });
/** Unicode's own names, where Node 26 has others than Node 20. */
const UNICODE_NAMES: Readonly<Record<string, string>> = { Saur: 'Saurashtra' };
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The code of every script: Node has no list of them, but refuses the others. */
function* codes(): Generator<string> {
  for (const a of LETTERS)
    for (const b of LETTERS)
      for (const c of LETTERS)
        for (const d of LETTERS) {
          const one = `${a.toUpperCase()}${b}${c}${d}`;
          try {
            new RegExp(`\\p{sc=${one}}`, 'u');
            yield one;
          } catch {}
        }
}

/** Shared by scripts, inherited from the letter before, unknown; and second names. */
const NONE = new Set(['Zyyy', 'Zinh', 'Zzzz', 'Qaai', 'Qaac', 'Miao']);

/** Every character that Unicode has assigned. */
const everything = (): string =>
  Array.from({ length: 0x110000 }, (_, point) =>
    point >= 0xd800 && point < 0xe000 ? '' : String.fromCodePoint(point),
  )
    .join('')
    .replace(/[\p{Cn}\p{Co}]+/gu, '');

/** The characters that the fonts of a package can draw, where labels ask them. */
function charactersOf({ family, when }: { family: FontSpec; when?: RegExp }, into: Set<string>): void {
  const weight = family.variable ? 400 : (family.weights[0] ?? 400);
  for (const { path } of facesOf(family, weight))
    for (const [first, last] of readCoverage(path))
      for (let point = first; point <= last; point++) {
        const character = String.fromCodePoint(point);
        if (!when || when.test(character)) into.add(character);
      }
}

/** Every script that this Node knows, those in use first. */
export function walkScripts(): Script[] {
  const drawn = new Set<string>();
  for (const fallback of fallbacksIn(orderFor('', undefined))) charactersOf(fallback, drawn);
  for (const name of FONT_NAMES) charactersOf({ family: FONTS[name] }, drawn);
  const all = everything();
  const scripts = [...codes()]
    .filter((one) => !NONE.has(one))
    .map((one) => {
      const characters = all.match(new RegExp(`\\p{sc=${one}}`, 'gu')) ?? [];
      return {
        code: one,
        name: UNICODE_NAMES[one] ?? NAMES.of(one) ?? one,
        living: Object.hasOwn(LIVING, one),
        assigned: characters.length,
        drawn: characters.filter((character) => drawn.has(character)).length,
      };
    });
  return scripts.sort((a, b) => Number(b.living) - Number(a.living) || a.name.localeCompare(b.name, 'en'));
}

/** The family that draws the letters of a text in the default font; undefined where none does. */
function familyOf(text: string, lang?: string): FontSpec | undefined {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0).filter(
    (point) => point !== 0x20,
  );
  const fallbacks = fallbacksIn(orderFor(text, lang));
  const [letter = 0] = points;
  return fallbacks.find(
    ({ family, when }) =>
      (!when || when.test(text)) &&
      facesOf(family, family.weights[0] ?? 400).some((face) => face.hasGlyph(letter)),
  )?.family;
}

/** A row of the page: one script, in one style. */
interface Row {
  readonly code: string;
  readonly name: string;
  readonly text: string;
  readonly lang?: string;
  readonly file: string;
}

const ROWS: readonly Row[] = [
  ...Object.entries(LIVING).map(([one, text]) => ({
    code: one,
    name: UNICODE_NAMES[one] ?? NAMES.of(one) ?? one,
    text,
    file: one.toLowerCase(),
  })),
  ...BY_LANGUAGE.map(({ lang, script, name, text }) => ({
    code: script,
    name,
    text,
    lang,
    file: `${script.toLowerCase()}-${lang}`,
  })),
];

/** The label of one row, at twice its size. */
async function drawRow({ text, lang }: Row): Promise<Buffer> {
  const look = { width: 200, height: 64, scale: 2, bg: 'fff', fg: '1f2328', size: 26 };
  return render(createPlaceholderValue({ ...look, text, lang }));
}

/** The pictures of the page, by their path from the root of the project. */
export const SCRIPT_PICTURES: ReadonlyMap<string, () => Promise<Buffer>> = new Map(
  ROWS.filter(({ text, lang }) => familyOf(text, lang)).map((row) => [
    `docs/scripts/${row.file}.png`,
    () => drawRow(row),
  ]),
);

function weightsOf({ weights, variable }: FontSpec): string {
  return variable ? `${weights[0]} to ${weights.at(-1)}` : weights.join(', ');
}

/** docs/scripts.md: each script in use, the fonts that draw it, and a picture. */
export function scriptsPage(note: string): string {
  const optional = new Set(
    bundled()
      .filter((one) => one.optional)
      .map(({ name }) => name),
  );
  const rows = ROWS.flatMap((row) => {
    const family = familyOf(row.text, row.lang);
    if (!family) return [];
    const name = row.lang ? `${row.name}: ${code(`lang=${row.lang}`)}` : row.name;
    const font = optional.has(family.package) ? `${family.package} (optional)` : family.package;
    return [[`![${row.name}](scripts/${row.file}.png)`, name, code(row.code), font, weightsOf(family)]];
  });
  const missing = ROWS.filter(({ text, lang }) => !familyOf(text, lang)).map(({ name }) => name);
  return `# Scripts

${note}

Labels are drawn in every script that is in use today and that a package of fonts has. A character comes from the label's
own font where that has it, else from the font below. Fonts that are optional may be left out of an install: their
characters are then drawn as \`�\`.

${table(['label', 'script', 'code', 'font', 'weights'], rows)}

In use, but in no package: ${missing.join(', ')}. \`npm run scripts\` lists all scripts of Unicode, and how much of each is
drawn.
`;
}
