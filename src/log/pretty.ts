import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** How pino's levels are shown; lines of the usual level are not marked. */
const LEVELS: Readonly<Record<number, readonly [name: string, style: Style]>> = {
  10: ['trace', 'gray'],
  20: ['debug', 'gray'],
  40: ['warning', 'yellow'],
  50: ['error', 'red'],
  60: ['fatal', 'red'],
};

/** Fields that every line has, and those shown in the line itself. */
const KNOWN = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'err', 'reqId']);

const spell = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

interface Line {
  readonly level: number;
  /** ms since 1970 */
  readonly time: number;
  readonly msg?: string;
  readonly err?: { readonly stack?: string };
  readonly [field: string]: unknown;
}

/** Formats JSON lines for people. */
export function prettyFormat(hasColors: boolean): (line: string) => string {
  const paint = (style: Style, text: string): string =>
    hasColors ? styleText(style, text, { validateStream: false }) : text;
  return (json) => {
    const line = JSON.parse(json) as Line;
    const [name, style] = LEVELS[line.level] ?? [];
    const time = new Date(line.time).toTimeString().slice(0, 8);
    const fields = Object.entries(line).filter(([key]) => !KNOWN.has(key));
    const parts = [
      paint('gray', time),
      ...(name && style ? [paint(style, name)] : []),
      ...(line.msg === undefined ? [] : [line.msg]),
      ...fields.map(([key, value]) => `${paint('gray', `${key}=`)}${spell(value)}`),
    ];
    const trace = line.err?.stack;
    return `${parts.join(' ')}\n${trace === undefined ? '' : `${trace.replaceAll(/^/gm, '    ')}\n`}`;
  };
}
