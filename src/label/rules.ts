import type { FontStack } from './canvas-font.ts';
import { inkOf } from './marks.ts';

/** A line drawn with text, as thick as the font's own lines; its bottom and top from the baseline, in em. */
export interface Rule {
  readonly bottom: number;
  readonly top: number;
}

/** The lines of a font, measured on its own characters. */
const LINES: Readonly<Record<'under' | 'through' | 'over', (font: FontStack) => Rule>> = {
  under: (font) => ruleOf('_', font),
  through: (font) => ruleOf('–', font),
  over: (font) => {
    const { bottom, top } = ruleOf('_', font);
    const { ascent } = inkOf('l', font);
    return { bottom: ascent + (top - bottom), top: ascent + 2 * (top - bottom) };
  },
};

/** Characters that a font needs for its lines to be measured. */
export const MEASURED = '_–lx';

function ruleOf(character: string, font: FontStack): Rule {
  const { ascent, descent } = inkOf(character, font);
  return { bottom: -descent, top: ascent };
}

/** A line and another one outside of it, with a gap of the same height. */
function twice(rule: Rule, outwards: 1 | -1): readonly Rule[] {
  const by = 2 * (rule.top - rule.bottom) * outwards;
  return [rule, { bottom: rule.bottom + by, top: rule.top + by }];
}

/** Combining marks that are lines: few fonts have them, and none joins them from letter to letter. */
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
