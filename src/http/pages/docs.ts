import { AVATAR } from '../../dialects/avatar.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import { DIALECTS, OWN } from '../../dialects/table.ts';
import { ERRORS, type ErrorCode } from '../../errors.ts';
import { SHORT_EXTENSIONS } from '../../formats.ts';
import { type NamedSize, neededLimit, SIZE_GROUPS } from '../../options/named-sizes.ts';
import { GROUPS } from '../../options/option.ts';
import { OPTIONS, SHOWN_OPTIONS } from '../../options/option-table.ts';
import type { Limits } from '../../options/sizes.ts';
import type { OptionName } from '../../options/values.ts';
import type { ImageLookup } from '../images/image-lookup.ts';
import { type Html, html, prose } from './html.ts';
import { beyond, defaultOf, exampleOf, MEANINGS, valuesOf } from './reference.ts';
import { SERVICE_ROUTES } from './service-routes.ts';
import { shell } from './shell.ts';
import { mountIn, type Site } from './site.ts';

/** The part of the look-up that gives limits, and the errors for exceeding them. */
type DocsLookup = Pick<ImageLookup, 'resolve' | 'read' | 'limits'>;

const picture = (name: string, path: string): Html =>
  html`<a class="shot" href="${path}"><img src="${path}" alt="example of ${name}" width="240" height="160" loading="lazy" decoding="async"></a>`;

/** The service's error for a value outside an option's bounds; empty if no value is. */
function refusalOf(name: OptionName, lookup: DocsLookup): string {
  const target = beyond(name);
  const resolved = target === undefined ? undefined : lookup.resolve({ target, host: '' });
  if (!resolved) return '';
  try {
    lookup.read(resolved, undefined, '');
    return '';
  } catch (error) {
    return (error as Error).message.replace(/, got .*/s, '');
  }
}

function option(name: OptionName, { base }: Site, lookup: DocsLookup): Html {
  const refusal = refusalOf(name, lookup);
  const example = base + exampleOf(name);
  const { help, code = 'invalid-option' } = OPTIONS[name];
  return html`<article class="card option" id="${name}"><div><h4><a href="#${name}">${name}</a></h4><p>${prose(help)}</p><dl><dt>Values</dt><dd>${prose(valuesOf(name))}</dd><dt>Default</dt><dd>${prose(defaultOf(name))}</dd><dt>Example</dt><dd><code>${example}</code></dd><dt>Error</dt><dd><a href="#${code}">${code}</a>${refusal && `: ${refusal}`}</dd></dl></div>${picture(name, example)}</article>`;
}

function options(site: Site, lookup: DocsLookup): Html {
  return html`<section aria-labelledby="options"><h2 id="options">Options</h2><p>They follow the path as a query. What a path and a query both name, the path decides; what greybox does not know is ignored, and named in <code>X-Ignored</code>.</p>${GROUPS.map(
    (group) =>
      html`<h3 id="options-${group}">${group}</h3>${SHOWN_OPTIONS.filter((name) => OPTIONS[name].group === group).map((name) => option(name, site, lookup))}`,
  )}</section>`;
}

const PARTS = ({ maxDimension, maxPixels }: Limits) =>
  [
    [
      'size',
      `\`600x400\`, \`400\` for a square, a ratio for one side (\`640x16:9\`), or a named size (\`og\`); each side 1 to ${maxDimension} px`,
    ],
    [
      'scale',
      `\`@2x\` after the size or at the end: output pixels are size × scale, at most ${maxPixels.toLocaleString('en')}`,
    ],
    ['background', 'a colour, or a gradient of 2 to 4 joined by `-`'],
    ['foreground', 'the colour of the label; without one it is chosen so that it reads well'],
    [
      'ext',
      `${SHORT_EXTENSIONS.map((ext) => `\`${ext}\``).join(' ')}, \`auto\` to let \`Accept\` choose, \`json\` to explain the URL instead of drawing it`,
    ],
  ] as const;

const examples = (mount: string, paths: readonly string[]): Html =>
  html`<ul class="examples">${paths.map((path) => html`<li><a href="${mount}${path}"><code>${mount}${path}</code></a></li>`)}</ul>`;

const formOf = (mount: string, [form]: readonly string[]): Html =>
  html`<pre class="card form">${mount}${form}</pre>`;

function grammar(site: Site, limits: Limits): Html {
  const mount = mountIn(site);
  const avatars = site.base + mountOf(AVATAR);
  return html`<section aria-labelledby="grammar"><h2 id="grammar">The URL</h2>${formOf(mount, OWN.forms)}<dl class="parts">${PARTS(
    limits,
  ).map(([name, what]) => html`<dt><code>{${name}}</code></dt><dd>${prose(what)}</dd>`)}</dl>${examples(
    mount,
    OWN.examples,
  )}<h3 id="avatars">Avatars</h3><p>A square of <code>{size}</code> px with the initials of a name, in colours of its own. <code>?text=</code> overrules the initials; all options are as above.</p>${formOf(avatars, AVATAR.forms)}${examples(avatars, AVATAR.examples)}</section>`;
}

/** A named size; if it exceeds the limit, with the setting that allows it. */
function namedSize(name: string, [width, height]: NamedSize, { maxDimension }: Limits): Html {
  const needed = neededLimit(name, maxDimension);
  return html`<span class="size"><code>${name}</code> ${width}×${height}${needed !== undefined && html` (with <code>MAX_DIMENSION=${needed}</code>)`}</span> `;
}

function sizes(limits: Limits): Html {
  const rows = Object.entries(SIZE_GROUPS).map(
    ([group, names]) =>
      html`<dt>${group}</dt><dd>${Object.entries(names).map(([name, size]) => namedSize(name, size, limits))}</dd>`,
  );
  return html`<section aria-labelledby="sizes"><h2 id="sizes">Named sizes</h2><dl class="parts">${rows}</dl></section>`;
}

/** The prefix of a grammar's paths on any host. */
export const mountOf = ({ hosts: [host], paths: [path] }: Dialect): string => path ?? `/${host}`;

function dialect(row: Dialect, { base }: Site): Html {
  const mount = base + mountOf(row);
  return html`<article class="card dialect"><h3>${row.name.slice(1)}</h3>${
    row.hosts.length > 1 && html`<p>also ${row.hosts.slice(1).join(', ')}</p>`
  }<ul class="forms">${row.forms.map((form) => html`<li><code>${form}</code></li>`)}</ul>${examples(mount, row.examples)}</article>`;
}

function dialects(site: Site): Html {
  return html`<section aria-labelledby="dialects"><h2 id="dialects">URLs of other services</h2><p>An old URL works with its <code>https://</code> cut off, behind ours; at the root for a request whose <code>Host</code> is the service’s; and at the root of any host with the setting <code>DIALECT</code>. Paste one into the <a href="${site.base}/">playground</a> to see ours.</p><div class="cards">${DIALECTS.filter((row) => row !== OWN && row !== AVATAR).map((row) => dialect(row, site))}</div></section>`;
}

function problems(): Html {
  const rows = (Object.keys(ERRORS) as ErrorCode[]).map(
    (code) =>
      html`<div class="problem" id="${code}"><h3><a href="#${code}">${code}</a></h3><p class="status">${ERRORS[code].status} · ${ERRORS[code].title}</p><p>${prose(MEANINGS[code])}</p></div>`,
  );
  return html`<section aria-labelledby="errors"><h2 id="errors">Errors</h2><p>They are <code>application/problem+json</code> (RFC 9457) with <code>code</code>, <code>parameter</code> and <code>value</code>; an <code>&lt;img&gt;</code> gets the same as a picture. The <code>type</code> of each leads here.</p>${rows}</section>`;
}

const CONTENTS = ['grammar', 'options', 'sizes', 'dialects', 'errors', 'routes'] as const;

/** `/docs`: the reference, made from the service's own tables. */
export function docs(site: Site, lookup: DocsLookup): Html {
  const { limits } = lookup;
  return shell({
    title: 'greybox · reference',
    description: 'Every option with its bounds, default and picture; every grammar; every error.',
    name: 'docs',
    site,
    body: html`<div class="reference"><nav class="contents" aria-label="Contents"><ul>${CONTENTS.map(
      (id) =>
        html`<li><a href="#${id}">${{ grammar: 'the URL', dialects: 'other services', sizes: 'named sizes' }[id as string] ?? id}</a>${
          id === 'options' &&
          html`<ul>${SHOWN_OPTIONS.map((name) => html`<li><a href="#${name}"><code>${name}</code></a></li>`)}</ul>`
        }</li>`,
    )}</ul></nav><div class="text"><h1>Reference</h1><p class="lead">A picture is a URL. These are its parts, each with what it may be.</p>${grammar(site, limits)}${options(site, lookup)}${sizes(limits)}${dialects(site)}${problems()}<section aria-labelledby="routes"><h2 id="routes">Other routes</h2><dl class="parts">${SERVICE_ROUTES.map(
      ({ path, what, parameter }) =>
        html`<dt><code>${path}${parameter && `?${parameter.name}=`}</code></dt><dd>${prose(what)}</dd>`,
    )}</dl></section></div></div>`,
  });
}
