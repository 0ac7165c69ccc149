/** The longest URL that is read, in bytes. */
export const LONGEST = 12_288;

/** Most that any input may cost before it is refused, or read, in ms. */
export const MOST_MS = 2;

/** What readers split at, look for, count or normalise, each to be repeated: percent-encoded, as URLs have it. */
const PIECES: readonly string[] = [
  ...['@', 'x', ':', '-', ',', '.', '/', '%', '&', '=', '+', '_', '*', ';', '(', ')', '{', '\\', '~', "'"],
  ...['0', '9', 'a', 'f', 'é', '×', '×1'],
  ...[
    '%25',
    '%20',
    '%23',
    '%2F',
    '%3F',
    '%26',
    '%0A',
    '%0D',
    '%09',
    '%00',
    '%ff',
    '%zz',
    '%ED%A0%80',
    '%C3%97',
  ],
  ...['@2x', '@2', '2x@', 'x1', '1x', '1:1', '16:9x', '1.', '.1', '0.0', '.a', '.png', '.json', '1px', 'by'],
  ...[
    'ff0000-',
    'ff0000,',
    'red-',
    '0,',
    '#fff',
    'rgb(',
    'rgb(1,',
    '1,1,',
    'rgba(0,0,0,',
    '50%25,',
    '100%25',
  ],
  ...[
    '&a=',
    '&a=b',
    '&text=',
    '&bg=',
    '&bg=red',
    '&size=4',
    '&amp;',
    '&utm_a=',
    '&v=1',
    '?',
    '?text=',
    '&%61=',
  ],
  // lists of header fields, with weights and quotes
  ...['"', '"a",', 'W/"a",', 'a;', ';q=0,', 'image/*;q=0.1,', 'gzip,', ', ', ' '],
  ...['\\n', '%5Cn', '%7Bratio%7D', '{width}', '{width', '%20a', 'a%20'],
  // NFD, marks of one and of two classes, Hangul in jamo, four code points for one letter
  ...['e%CC%81', '%CC%81', '%CC%81%CC%A3', '%E1%84%92%E1%85%A1%E1%86%AB', '%CF%89%CC%93%CD%82%CD%85'],
  // runs of marks, each as long as is still sorted
  `e${'%CC%81%CC%A3'.repeat(31)}`,
  // joined emoji, flags, skin tones, variation selectors, soft hyphens, bidi marks, what is not to be seen
  ...[
    '%F0%9F%91%A8%E2%80%8D',
    '%F0%9F%87%AB',
    '%F0%9F%8F%BD',
    '%EF%B8%8F',
    '%C2%AD',
    '%E2%80%AE',
    '%E2%81%A0',
  ],
  ...[
    '%E0%A4%BF',
    '%E0%A4%95%E0%A5%8D',
    '%E1%9E%80%E1%9F%92',
    '%F3%A0%81%A1',
    '%E2%80%8B',
    '%C4%B0',
    '%EF%B7%BA',
  ],
];

const fill = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length - (length % piece.length));

/** Inputs of a length that are as long as they may be, by what they are made of; the last character ends no match well. */
export function families(length: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const piece of PIECES) {
    found.set(piece, fill(piece, length));
    found.set(`1${piece}!`, `1${fill(piece, length - 2)}!`);
  }
  const pairs = Array.from({ length: length / 8 }, (_, at) => `&${(at + 36 ** 4).toString(36)}=`);
  return found.set('many names', pairs.join('').slice(0, length));
}

/** As long as a URL's other parts leave room for. */
const ALL = families(LONGEST - 60);

/** One in three of them, others for each number: for readers that there are many of. */
export const someOf = (number: number): ReadonlyMap<string, string> =>
  new Map([...ALL].filter((_, i) => (i + number) % 3 === 0));

/** A way that text from outside takes: what is at stake for it is the time that it takes. */
export interface Reader {
  readonly name: string;
  /** Reads a text of a family, in percent-encoding; what it throws does not matter. */
  readonly read: (text: string) => unknown;
}

/** Processor time of this process in ms: other processes of a busy machine do not count. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The ms that a task takes, the best of several: the first ones are slow for other reasons. */
function bestOf(task: () => unknown, runs: number, enough: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const begin = spent();
    try {
      task();
    } catch {
      // Most of these are refused.
    }
    best = Math.min(best, spent() - begin);
    if (best < enough) break;
  }
  return best;
}

/** Every family that costs a reader too much, with what it costs. */
export function tooDear({ read }: Reader, texts = ALL, most = MOST_MS): string[] {
  const dear: string[] = [];
  for (const [family, text] of texts) {
    const ms = bestOf(() => read(text), 30, most);
    if (ms > most) dear.push(`${family}: ${ms.toFixed(2)} ms`);
  }
  return dear;
}
