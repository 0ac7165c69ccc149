import type { FontStack } from './canvas-font.ts';
import { inkOf } from './marks.ts';

/** A line that is drawn with text, as thick as the font's own: from below to above the baseline, in em. */
export interface Rule {
  readonly bottom: number;
  readonly top: number;
}

/** The lines of a font, as its own characters show them. */
const LINES: Readonly<Record<'under' | 'through' | 'over', (font: FontStack) => Rule>> = {
  under: (font) => ruleOf('_', font),
  through: (font) => ruleOf('–', font),
  over: (font) => {
    const { bottom, top } = ruleOf('_', font);
    const { ascent } = inkOf('l', font);
    return { bottom: ascent + (top - bottom), top: ascent + 2 * (top - bottom) };
  },
};

/** What a font must have for its lines to be measured. */
export const MEASURED = '_–lx';

function ruleOf(character: string, font: FontStack): Rule {
  const { ascent, descent } = inkOf(character, font);
  return { bottom: -descent, top: ascent };
}

/** Another line outside of a line, with as much air between them. */
function twice(rule: Rule, outwards: 1 | -1): readonly Rule[] {
  const by = 2 * (rule.top - rule.bottom) * outwards;
  return [rule, { bottom: rule.bottom + by, top: rule.top + by }];
}

/** Combining marks that are lines: no font joins them from letter to letter, and few have them. */
const RULES: Readonly<Record<string, (font: FontStack) => readonly Rule[]>> = {
  '\u0305': (font) => [LINES.over(font)],
  '\u0332': (font) => [LINES.under(font)],
  '\u0333': (font) => twice(LINES.under(font), -1),
  '\u0335': (font) => [LINES.through(font)],
  '\u0336': (font) => [LINES.through(font)],
  '\u033F': (font) => twice(LINES.over(font), 1),
};

export const isRule = (character: string): boolean => Object.hasOwn(RULES, character);

/** The lines that marks stand for, as a font draws them. */
export function rulesOf(marks: string, font: FontStack): readonly Rule[] {
  return Array.from(marks).flatMap((mark) => RULES[mark]?.(font) ?? []);
}
