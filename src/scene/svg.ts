import { type Color, formatColor } from '../color/rgb.ts';
import type { Drawing, Paint, Stop } from './drawing.ts';
import { CLOSE, CURVE, LINE, MOVE, OPERANDS, type Path } from './path.ts';

/** Rounds to a tenth or a hundredth. */
const rounded = (value: number, fraction: number): number => Math.round(value * fraction) / fraction;

/** Joins numbers of path data with as few separators as possible (SVG 2, 9.3.9). */
function join(numbers: readonly number[]): string {
  return numbers.reduce((text, number, i) => {
    const spelled = String(number).replace(/^(-?)0\./, '$1.');
    return `${text}${i > 0 && !spelled.startsWith('-') ? ' ' : ''}${spelled}`;
  }, '');
}

const LETTERS = { [MOVE]: 'm', [LINE]: 'l', [CURVE]: 'c', [CLOSE]: 'z' };

/** For sides from this on, a tenth of a px is fine enough. */
const LARGE = 300;

/**
 * Path data, relative where that is shorter.
 * @param fraction of a px that numbers are rounded to: 10 or 100
 */
function pathData({ data }: Path, fraction: number): string {
  let [text, x, y, startX, startY, last] = ['', 0, 0, 0, 0, ''];
  for (let i = 0; i < data.length; ) {
    const kind = data[i++] as keyof typeof LETTERS;
    // Rounded before they are subtracted, so that errors do not add up.
    const numbers = data.slice(i, i + OPERANDS[kind]).map((value) => rounded(value, fraction));
    i += OPERANDS[kind];
    if (kind === CLOSE) {
      text += 'z';
      [x, y, last] = [startX, startY, ''];
      continue;
    }
    const relative = numbers.map((value, at) => rounded(value - (at % 2 === 0 ? x : y), fraction));
    [x, y] = [numbers.at(-2) as number, numbers.at(-1) as number];
    if (kind === MOVE) [startX, startY] = [x, y];
    let letter: string = LETTERS[kind];
    let operands: readonly number[] = relative;
    if (kind === LINE && relative[1] === 0) [letter, operands] = ['h', [relative[0] as number]];
    else if (kind === LINE && relative[0] === 0) [letter, operands] = ['v', [relative[1] as number]];
    const spelled = join(operands);
    text += letter === last ? `${spelled.startsWith('-') ? '' : ' '}${spelled}` : `${letter}${spelled}`;
    last = letter === 'm' ? '' : letter;
  }
  return text;
}

/** A colour as attributes: `fill="#ccc" fill-opacity="0.5"`. */
function colorAttributes(color: Color, name: string, opacity: string): string {
  const [red, green, blue, alpha] = color;
  const hex = formatColor([red, green, blue, 255]).replace(/^(.)\1(.)\2(.)\3$/, '$1$2$3');
  return `${name}="#${hex}"${alpha === 255 ? '' : ` ${opacity}="${Math.round((alpha / 255) * 1000) / 1000}"`}`;
}

function gradientStops(stops: readonly Stop[]): string {
  return stops
    .map(([at, color]) => {
      const spelled = colorAttributes(color, 'stop-color', 'stop-opacity');
      return `<stop offset="${Math.round(at * 1000) / 1000}" ${spelled}/>`;
    })
    .join('');
}

/** A gradient's element (SVG 2, 14.2). */
function gradient(paint: Exclude<Paint, { kind: 'flat' }>, id: string): string {
  const stops = gradientStops(paint.stops);
  if (paint.kind === 'linear') {
    const [[x1, y1], [x2, y2]] = [paint.from, paint.to];
    const line = `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`;
    return `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" ${line}>${stops}</linearGradient>`;
  }
  const [[x, y], [across, down]] = [paint.center, paint.radius];
  const circle =
    across === down
      ? `cx="${x}" cy="${y}" r="${across}"`
      : `cx="0" cy="0" r="1" gradientTransform="translate(${x} ${y}) scale(${across} ${down})"`;
  return `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" ${circle}>${stops}</radialGradient>`;
}

/**
 * A drawing as SVG: definitions for `<defs>`, and elements in px before scaling.
 * @param prefix begins the ids of its definitions
 */
export function drawingMarkup(drawing: Drawing, prefix: string): { defs: string; body: string } {
  const ids = new Map<string, string>();
  let defs = '';
  const fill = (paint: Paint): string => {
    if (paint.kind === 'flat') return colorAttributes(paint.color, 'fill', 'fill-opacity');
    const key = JSON.stringify(paint);
    let id = ids.get(key);
    if (id === undefined) {
      id = `${prefix}${ids.size}`;
      ids.set(key, id);
      defs += gradient(paint, id);
    }
    return `fill="url(#${id})"`;
  };
  const { width, height } = drawing;
  const fraction = Math.max(width, height) < LARGE ? 100 : 10;
  const whole = `M0 0h${width}v${height}H0z`;
  const back = drawing.backdrop.map((paint) => `<path ${fill(paint)} d="${whole}"/>`);
  const shapes = drawing.shapes.map(
    ({ path, paint }) => `<path ${fill(paint)} d="${pathData(path, fraction)}"/>`,
  );
  return { defs, body: [...back, ...shapes].join('') };
}
