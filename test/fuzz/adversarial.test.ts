import t from 'tap';
import { globMatcher } from '../../src/cache/glob.ts';
import { AVATAR } from '../../src/dialects/avatar.ts';
import type { Dialect, Target } from '../../src/dialects/dialect.ts';
import { IMAGE } from '../../src/dialects/image.ts';
import { DIALECTS } from '../../src/dialects/table.ts';
import { invalid } from '../../src/errors.ts';
import { negotiate } from '../../src/http/images/negotiate.ts';
import { likesHtml } from '../../src/http/pages/greeting.ts';
import { acceptedEncoding, prefersPicture } from '../../src/http/protocol/accept.ts';
import { bears } from '../../src/http/protocol/bearer.ts';
import { allowsEtag, matchesEtag } from '../../src/http/protocol/headers.ts';
import { optionsAnswer } from '../../src/http/protocol/methods.ts';
import { plainTarget, readTarget as readRequestTarget } from '../../src/http/protocol/target.ts';
import { nearest } from '../../src/nearest.ts';
import { cacheKey, isCacheKey } from '../../src/options/cache-key.ts';
import { OPTION_NAMES } from '../../src/options/option-table.ts';
import { createPlaceholderValue } from '../../src/options/options.ts';
import { DEFAULT_LIMITS } from '../../src/options/sizes.ts';
import { LONGEST, type Reader, someOf, tooDear } from './adversarial.ts';

/** Reads a target as a request is read, up to its cache key. */
function readTarget(dialect: Dialect, target: Target): void {
  const meant = dialect.read(target, { limits: DEFAULT_LIMITS, accept: undefined, base: '' });
  if (meant.kind !== 'data') cacheKey(createPlaceholderValue(meant.options));
}

/** A grammar, and where in its paths a text may stand: `*`. */
const GRAMMARS: readonly (readonly [dialect: Dialect, paths: readonly string[]])[] = [
  [IMAGE, ['/*', '/600x400*', '/600x*', '/600x400/*', '/600x400/fff/*', '/600x400/fff/000*.png', '*']],
  [AVATAR, ['/*', '/128/*', '/128/Ada*', '/128/Ada/*', '/128/Ada/fff/*']],
];

/** The other services' grammars: at their roots, and after each of their examples. */
const SERVICES: typeof GRAMMARS = DIALECTS.filter(({ hosts }) => hosts.length > 0).map((dialect) => [
  dialect,
  ['/*', ...dialect.examples.map((example) => `${example.split('?')[0]}*`)],
]);

function readersOf(dialect: Dialect, paths: readonly string[]): Reader[] {
  const { name, examples } = dialect;
  const [example = ''] = (examples[0] ?? '').split('?');
  const inPaths = paths.map((path) => ({
    name: `${name}${path}`,
    read: (text: string) => readTarget(dialect, { path: path.replace('*', () => text), query: undefined }),
  }));
  const inQuery = (before: string): Reader => ({
    name: `${name}${example}?${before}*`,
    read: (text) => readTarget(dialect, { path: example, query: before + text }),
  });
  return [...inPaths, inQuery('')];
}

const OPTIONS: readonly Reader[] = OPTION_NAMES.map((name) => ({
  name: `/image/600x400?${name}=*`,
  read: (text) => readTarget(IMAGE, { path: '/600x400', query: `${name}=${text}` }),
}));

const decode = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return '\uDC00';
    }
  });

/** A program's options are of any length, and not encoded: the longest that is looked at, and as long as a URL. */
const LIBRARY: readonly Reader[] = (['width', 'height', ...OPTION_NAMES] as const).flatMap((name) =>
  [8000, LONGEST].map((length) => ({
    name: `renderPlaceholder({ ${name}: ${length} units })`,
    read: (text: string) =>
      createPlaceholderValue({ width: 600, height: 400, [name]: decode(text).repeat(12).slice(0, length) }),
  })),
);

const OTHERS: readonly Reader[] = [
  { name: 'nearest', read: (text) => nearest(text, OPTION_NAMES) },
  { name: 'Accept', read: (text) => negotiate(text) },
  { name: 'Accept of what may be an <img>', read: (text) => prefersPicture(text) },
  { name: 'Accept of what may be a browser', read: (text) => likesHtml(text) },
  { name: 'Accept-Encoding', read: (text) => acceptedEncoding(text, ['br', 'gzip']) },
  { name: 'If-None-Match', read: (text) => matchesEtag(text, '"a"') },
  { name: 'If-Match', read: (text) => allowsEtag(text, '"a"') },
  { name: 'Authorization', read: bears('token') },
  { name: 'Host', read: (text) => readRequestTarget('/image/600x400', text) },
  { name: 'the headers of a preflight', read: (text) => optionsAnswer(() => text) },
  { name: 'a class of a glob', read: (text) => globMatcher(`*[${text}]`)('!'.repeat(2000)) },
  { name: 'a glob of keys', read: (text) => globMatcher(text)(text.slice(1)) },
  { name: 'a key', read: (text) => isCacheKey(text) },
  { name: 'the target of a request', read: (text) => plainTarget(`/${text}`) },
  { name: 'an error', read: (text) => invalid('invalid-size', text, text, text, text, text) },
];

for (const [what, readers] of [
  ['paths and queries', GRAMMARS.flatMap(([dialect, paths]) => readersOf(dialect, paths))],
  ['options', OPTIONS],
  ['options of a program', LIBRARY],
  ['what else is read', OTHERS],
] as const) {
  t.test(`no input costs more than it may: ${what}`, async (t) => {
    for (const reader of readers) t.strictSame(tooDear(reader), [], reader.name);
  });
}

t.test('no input costs more than it may: other services', async (t) => {
  for (const [dialect, paths] of SERVICES) {
    const [atRoot, ...others] = readersOf(dialect, paths);
    if (atRoot) t.strictSame(tooDear(atRoot), [], atRoot.name);
    // What follows an example meets each family in one of them.
    for (const [i, reader] of others.entries()) t.strictSame(tooDear(reader, someOf(i)), [], reader.name);
  }
});

t.test('a reader whose time grows with the square of its input is found', async (t) => {
  const read = (text: string): boolean => /^(.*?)(?:@(.*)x)?$/is.test(text);
  const dear = tooDear({ name: 'quadratic', read }, new Map([['@', '@'.repeat(4000)]]));
  t.match(dear, [/^@: \d+\.\d\d ms$/]);
});
