import { visualRuns } from './bidi.ts';
import type { FontStack } from './canvas-font.ts';
import type { Drawing } from './chooser.ts';
import { STAND_IN } from './emoji.ts';
import type { LabelFont } from './fonts.ts';
import { splitGraphemes } from './wrap.ts';

/** A grapheme with more than its piece's face draws, and where it starts in the piece's text. */
export interface Marked {
  readonly at: number;
  readonly drawing: Drawing;
}

/** A piece of a line that is drawn in one go: text of one face in one direction, or a stand-in, which has no font. */
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

/** Adds text to the last part if that has the same face, else to a new one. */
function addText(parts: Part[], text: string, font: FontStack): Part {
  const last = parts.at(-1);
  const part = last?.font?.families === font.families ? last : { text: '', font, marked: [] };
  if (part !== last) parts.push(part);
  part.text += text;
  return part;
}

/** Splits a line where the face changes; graphemes without a face stay with the text before them. */
function splitParts(line: string, font: LabelFont): Part[] {
  const parts: Part[] = [];
  for (const grapheme of splitGraphemes(line)) {
    let drawing = font.drawingOf(grapheme);
    if (STAND_IN.test(grapheme)) parts.push({ text: grapheme, font: undefined, marked: [] });
    else if (!drawing) addText(parts, grapheme, parts.at(-1)?.font ?? font.latin);
    for (; drawing; drawing = drawing.next) {
      const part = addText(parts, drawing.text, drawing.font);
      if (drawing.marks.length > 0 || drawing.rules !== '')
        part.marked.push({ at: part.text.length - drawing.text.length, drawing });
    }
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
