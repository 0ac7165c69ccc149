import type { Reference, References } from './references.ts';

/** What a URL is replaced by; undefined leaves it as it is. */
export type Replace = (url: string) => Promise<string | undefined>;

/** Replaces URLs in a text of any kind. */
async function inText(text: string, references: readonly Reference[], replace: Replace): Promise<string> {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, url } of references) {
    const replacement = await replace(url);
    if (replacement === undefined) continue;
    pieces.push(text.slice(at, start), replacement);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

/** How far before a URL of CSS its declaration is looked for, in characters. */
const LONGEST_BEFORE = 1000;

/** Comments of HTML, scripts and styles with their content, and tags. */
const MARKUP =
  /<!--.*?(?:-->|$)|<(script|style)\b[^>]*>.*?<\/\1\s*>|<[a-z](?:=\s*"[^"]*"|=\s*'[^']*'|=(?!\s*["'])|[^>=])*>/gis;

/** Only what a browser may load is replaced: a URL that is read as text stays. */
export function inHtml(html: string, references: References, replace: Replace): Promise<string> {
  const markup = [...html.matchAll(MARKUP)].filter(([text]) => !text.startsWith('<!--'));
  const loaded = references
    .find(html)
    .filter(({ start }) => markup.some(({ index, 0: text }) => index < start && start < index + text.length));
  return inText(html, loaded, async (url) => {
    const found = await replace(url.replaceAll('&amp;', '&'));
    return found?.replaceAll('&', '&amp;');
  });
}

/** Strings of CSS that are text: of `content` and custom properties, outside of `image-set()`, and of selectors. */
const TEXT_IN_CSS =
  /(?:^|[;{}\s])(?:content|--[\w-]+)\s*:(?![^;{}]*image-set\()[^;{}]*["']$|\[[^\]"']*=\s*["']$/i;

/** Only what Vite reads as a URL is replaced, or may be one later, such as a variable of Sass: not text, and no comment. */
export function inCss(css: string, references: References, replace: Replace): Promise<string> {
  const comments = [...css.matchAll(/\/\*.*?\*\//gs)];
  const loaded = references.find(css).filter(({ start }) => {
    const before = css.slice(Math.max(0, start - LONGEST_BEFORE), start);
    if (comments.some(({ index, 0: text }) => index < start && start < index + text.length)) return false;
    return /\b(?:url|src)\(\s*["']?$/i.test(before) || (/["']$/.test(before) && !TEXT_IN_CSS.test(before));
  });
  return inText(css, loaded, replace);
}

/** A node of an ESTree, as Rollup parses it. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [name: string]: unknown;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Strings that are no values: names of modules and properties, directives. */
function isName({ type, ...parent }: Node, key: string): boolean {
  if (/^(?:Import|Export)/.test(type)) return key === 'source' || key === 'exported' || key === 'imported';
  if (/^(?:Property|PropertyDefinition|MethodDefinition|ImportAttribute)$/.test(type))
    return key === 'key' && parent['computed'] !== true;
  return (
    (type === 'ExpressionStatement' && 'directive' in parent) ||
    (type === 'MemberExpression' && key === 'object')
  );
}

/** Whether a string is put together with others: what touches its end may go on. */
const isJoined = ({ type, ...parent }: Node): boolean =>
  (type === 'BinaryExpression' && parent['operator'] === '+') || type === 'MemberExpression';

type Visit = (node: Node, parent: Node, key: string) => void;

function walk(node: Node, visit: Visit): void {
  for (const [key, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (!isNode(child)) continue;
      visit(child, node, key);
      walk(child, visit);
    }
  }
}

/** A string of a script: where it is, what it says, and the references in it that are whole. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly isTemplate: boolean;
  readonly references: readonly Reference[];
}

function literalIn(node: Node, parent: Node, key: string, references: References): Found | undefined {
  const { value } = node;
  if (typeof value !== 'string' || isName(parent, key)) return undefined;
  const whole = references.find(value, true).filter(({ end }) => !(isJoined(parent) && end === value.length));
  return { start: node.start, end: node.end, text: value, isTemplate: false, references: whole };
}

function templateIn(code: string, node: Node, parent: Node, references: References): Found | undefined {
  const { raw } = node['value'] as { raw: string };
  const start = code.startsWith(raw, node.start) ? node.start : code.indexOf(raw, node.start);
  const quasis = parent['quasis'] as readonly Node[];
  const [isFirst, isLast] = [quasis[0] === node, quasis.at(-1) === node];
  const whole = references
    .find(raw, isFirst && isLast)
    .filter(
      (one) => (isFirst || one.start > 0) && (isLast || one.end < raw.length) && !one.url.includes('\\'),
    );
  return { start, end: start + raw.length, text: raw, isTemplate: true, references: whole };
}

function stringsOf(code: string, tree: Node, references: References): Found[] {
  const found: Found[] = [];
  walk(tree, (node, parent, key) => {
    const one =
      node.type === 'Literal'
        ? literalIn(node, parent, key, references)
        : node.type === 'TemplateElement'
          ? templateIn(code, node, parent, references)
          : undefined;
    if (one && one.references.length > 0) found.push(one);
  });
  return found.sort((a, b) => a.start - b.start);
}

/** A string as a sum of texts and expressions: `"<img src='" + name + "'>"`. */
function sum(text: string, parts: readonly (Reference & { expression: string })[]): string {
  const terms: string[] = [];
  let at = 0;
  for (const { start, end, expression } of parts) {
    if (start > at) terms.push(JSON.stringify(text.slice(at, start)));
    terms.push(expression);
    at = end;
  }
  if (at < text.length) terms.push(JSON.stringify(text.slice(at)));
  return terms.length === 1 ? (terms[0] as string) : `(${terms.join(' + ')})`;
}

/**
 * Replaces URLs in the strings of a module by expressions. No line moves.
 * @param expressionOf a URL's; undefined leaves it as it is
 * @returns undefined where nothing has changed
 */
export async function inScript(
  code: string,
  tree: unknown,
  references: References,
  expressionOf: Replace,
): Promise<string | undefined> {
  const edits: Edit[] = [];
  for (const { start, end, text, isTemplate, references: found } of stringsOf(
    code,
    tree as Node,
    references,
  )) {
    const read = await Promise.all(
      found.map(async (one) => ({ ...one, expression: await expressionOf(one.url) })),
    );
    const parts = read.flatMap(({ expression, ...one }) =>
      expression === undefined ? [] : [{ ...one, expression }],
    );
    if (parts.length === 0) continue;
    if (!isTemplate) edits.push({ start, end, text: sum(text, parts) });
    else
      for (const part of parts)
        edits.push({ start: start + part.start, end: start + part.end, text: `\${${part.expression}}` });
  }
  if (edits.length === 0) return undefined;
  let at = 0;
  const pieces = edits.flatMap(({ start, end, text }) => {
    const piece = [code.slice(at, start), text];
    at = end;
    return piece;
  });
  return pieces.join('') + code.slice(at);
}
