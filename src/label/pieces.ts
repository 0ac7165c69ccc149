import { visualRuns } from './bidi.ts';
import type { FontStack } from './canvas-font.ts';
import { STAND_IN } from './emoji.ts';
import type { Drawing, LabelFont } from './fonts.ts';
import { splitGraphemes } from './wrap.ts';

/** A grapheme of a piece that has more than its face draws, and where in the piece's text it starts. */
export interface Marked {
  readonly at: number;
  readonly drawing: Drawing;
}

/** A piece of a line that is drawn at one go: text of one face in one direction, or one stand-in, which has no font. */
export interface Piece {
  readonly text: string;
  readonly rtl: boolean;
  readonly font: FontStack | undefined;
  readonly marked: readonly Marked[];
}

interface Part {
  text: string;
  readonly font: FontStack | undefined;
  readonly marked: Marked[];
}

/** Splits a line where the face changes; what the fonts were not asked for goes with what is before it. */
function splitParts(line: string, font: LabelFont): Part[] {
  const parts: Part[] = [];
  for (const grapheme of splitGraphemes(line)) {
    const last = parts.at(-1);
    if (STAND_IN.test(grapheme)) {
      parts.push({ text: grapheme, font: undefined, marked: [] });
      continue;
    }
    const drawing = font.drawingOf(grapheme);
    const face = drawing?.font ?? last?.font ?? font.latin;
    const part = last?.font?.families === face.families ? last : { text: '', font: face, marked: [] };
    if (part !== last) parts.push(part);
    if (drawing && (drawing.marks.length > 0 || drawing.rules !== ''))
      part.marked.push({ at: part.text.length, drawing });
    part.text += drawing?.text ?? grapheme;
  }
  return parts;
}

/** The pieces of a line, from left to right as they are seen. */
export function splitPieces(line: string, rtl: boolean, font: LabelFont): Piece[] {
  if (font.plain && !STAND_IN.test(line)) return [{ text: line, rtl, font, marked: [] }];
  const parts = splitParts(line, font);
  const runs = visualRuns(
    parts.map(({ text }) => text),
    rtl,
  );
  return runs.map(({ text, rtl: leftwards, part, from }) => {
    const { font: face, marked } = parts[part] as Part;
    const within = marked.filter(({ at }) => at >= from && at < from + text.length);
    return {
      text,
      rtl: leftwards,
      font: face,
      marked: within.map(({ at, drawing }) => ({ at: at - from, drawing })),
    };
  });
}
