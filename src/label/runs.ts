import type { FontStack } from './fonts.ts';

/** Scripts that a canvas shapes in runs of their own, even where one face has them both. */
const SCRIPTS = [
  'Latn',
  'Grek',
  'Cyrl',
  'Hira',
  'Kana',
  'Hani',
  'Hang',
  'Arab',
  'Hebr',
  'Deva',
  'Beng',
  'Taml',
  'Thai',
  'Geor',
  'Armn',
].map((script) => new RegExp(`\\p{sc=${script}}`, 'u'));

const scripts = new Map<string, number>();
const MOST_SCRIPTS = 10_000;

/** The number of a character's script; -1 for what all scripts share. */
function scriptOf(character: string): number {
  let script = scripts.get(character);
  if (script === undefined) {
    script = SCRIPTS.findIndex((one) => one.test(character));
    if (scripts.size >= MOST_SCRIPTS) scripts.clear();
    scripts.set(character, script);
  }
  return script;
}

/** Splits a text where the face or the script changes; what has neither goes with the character before it. */
export function splitRuns(text: string, { faceOf }: FontStack): string[] {
  const pieces: string[] = [];
  let face: number | undefined;
  let script = -1;
  for (const character of text) {
    const nextFace = faceOf(character) ?? face;
    const nextScript = scriptOf(character);
    const changes =
      (face !== undefined && nextFace !== face) || (script >= 0 && nextScript >= 0 && nextScript !== script);
    if (pieces.length === 0 || changes) pieces.push(character);
    else pieces[pieces.length - 1] += character;
    face = nextFace;
    if (nextScript >= 0) script = nextScript;
  }
  return pieces;
}
