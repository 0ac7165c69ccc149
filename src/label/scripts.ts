/** Scripts that a canvas shapes in separate runs, even within one face. */
const SCRIPTS = (
  'Latn Grek Cyrl Hira Kana Hani Hang Bopo Arab Hebr Deva Beng Taml Thai Geor Armn Telu Knda Mlym Gujr Guru Orya ' +
  'Sinh Khmr Laoo Mymr Ethi Tibt Mong Cher Cans Nkoo Syrc Thaa Tfng Java Bali Yiii Vaii Adlm Olck Mtei Bamu Cham ' +
  'Hmnp Kali Lana Lepc Limb Lisu Newa Osge Plrd Rohg Saur Sund Sylo Tale Talu Tavt'
)
  .split(' ')
  .map((script) => new RegExp(`\\p{sc=${script}}`, 'u'));

const scripts = new Map<string, number>();
const MOST_SCRIPTS = 10_000;

/** The index of a character's script; -1 for characters that all scripts share. */
function scriptOf(character: string): number {
  let script = scripts.get(character);
  if (script === undefined) {
    script = SCRIPTS.findIndex((one) => one.test(character));
    if (scripts.size >= MOST_SCRIPTS) scripts.clear();
    scripts.set(character, script);
  }
  return script;
}

/** Splits a text where the script changes; characters that all scripts share stay with the one before them. */
export function splitScripts(text: string): string[] {
  const pieces: string[] = [];
  let script = -1;
  for (const character of text) {
    const next = scriptOf(character);
    if (pieces.length === 0 || (script >= 0 && next >= 0 && next !== script)) pieces.push(character);
    else pieces[pieces.length - 1] += character;
    if (next >= 0) script = next;
  }
  return pieces;
}
