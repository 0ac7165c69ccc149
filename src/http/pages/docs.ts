import type { Dialect } from '../../dialects/dialect.ts';
import { DIALECTS, OWN } from '../../dialects/table.ts';
import { ERRORS, type ErrorCode } from '../../errors.ts';
import { SIZE_GROUPS } from '../../options/named-sizes.ts';
import { GROUPS } from '../../options/option.ts';
import { OPTIONS, SHOWN_OPTIONS } from '../../options/option-table.ts';
import type { OptionName } from '../../options/values.ts';
import type { Assets } from './assets.ts';
import { type Html, html, prose } from './html.ts';
import { defaultOf, exampleOf, MEANINGS, MOUNT, valuesOf } from './reference.ts';
import { shell } from './shell.ts';

const picture = (name: string, path: string): Html =>
  html`<a class="shot" href="${path}"><img src="${path}" alt="example of ${name}" width="240" height="160" loading="lazy" decoding="async"></a>`;

function option(name: OptionName): Html {
  const { help, code = 'invalid-option' } = OPTIONS[name];
  return html`<article class="option" id="${name}"><div><h4><a href="#${name}">${name}</a></h4><p>${prose(help)}</p><dl><dt>Values</dt><dd>${prose(valuesOf(name))}</dd><dt>Default</dt><dd>${prose(defaultOf(name))}</dd><dt>Example</dt><dd><code>${exampleOf(name)}</code></dd><dt>Error</dt><dd><a href="#${code}">${code}</a></dd></dl></div>${picture(name, exampleOf(name))}</article>`;
}

function options(): Html {
  return html`<section aria-labelledby="options"><h2 id="options">Options</h2><p>They follow the path as a query. What a path and a query both name, the path decides; what greybox does not know is ignored, and named in <code>X-Ignored</code>.</p>${GROUPS.map(
    (group) =>
      html`<h3 id="options-${group}">${group}</h3>${SHOWN_OPTIONS.filter((name) => OPTIONS[name].group === group).map(option)}`,
  )}</section>`;
}

const PARTS = [
  ['size', '`600x400`, `400` for a square, a ratio for one side (`640x16:9`), or a named size (`og`)'],
  ['scale', '`@2x` after the size or at the end: output pixels are size × scale'],
  ['background', 'a colour, or a gradient of 2 to 4 joined by `-`'],
  ['foreground', 'the colour of the label; without one it is chosen so that it reads well'],
  [
    'ext',
    '`png` `jpg` `webp` `avif` `gif` `svg`, `auto` to let `Accept` choose, `json` to explain the URL instead of drawing it',
  ],
] as const;

function grammar(): Html {
  return html`<section aria-labelledby="grammar"><h2 id="grammar">The URL</h2><pre class="form" tabindex="0">${MOUNT}${OWN.forms[0]}</pre><dl class="parts">${PARTS.map(
    ([name, what]) => html`<dt><code>{${name}}</code></dt><dd>${prose(what)}</dd>`,
  )}</dl><ul class="examples">${OWN.examples.map((path) => html`<li><a href="${MOUNT}${path}"><code>${MOUNT}${path}</code></a></li>`)}</ul></section>`;
}

function sizes(): Html {
  const rows = Object.entries(SIZE_GROUPS).map(
    ([group, names]) =>
      html`<dt>${group}</dt><dd>${Object.entries(names).map(([name, [width, height]]) => html`<span class="size"><code>${name}</code> ${width}×${height}</span> `)}</dd>`,
  );
  return html`<section aria-labelledby="sizes"><h2 id="sizes">Named sizes</h2><dl class="parts">${rows}</dl></section>`;
}

/** What stands before the paths of a grammar on any host. */
export const mountOf = ({ hosts: [host], paths: [path] }: Dialect): string => path ?? `/${host}`;

function dialect(row: Dialect): Html {
  const mount = mountOf(row);
  return html`<article class="dialect"><h3>${row.name.slice(1)}</h3>${
    row.hosts.length > 1 && html`<p>also ${row.hosts.slice(1).join(', ')}</p>`
  }<p class="forms">${row.forms.map((form) => html`<code>${form}</code> `)}</p><ul class="examples">${row.examples.map(
    (path) => html`<li><a href="${mount}${path}"><code>${mount}${path}</code></a></li>`,
  )}</ul></article>`;
}

function dialects(): Html {
  return html`<section aria-labelledby="dialects"><h2 id="dialects">URLs of other services</h2><p>An old URL works with its <code>https://</code> cut off, behind ours; at the root for a request whose <code>Host</code> is the service’s; and at the root of any host with the setting <code>DIALECT</code>. Paste one into the <a href="/">playground</a> to see ours.</p><div class="cards">${DIALECTS.filter((row) => row !== OWN).map(dialect)}</div></section>`;
}

function problems(): Html {
  const rows = (Object.keys(ERRORS) as ErrorCode[]).map(
    (code) =>
      html`<div class="problem" id="${code}"><h3><a href="#${code}">${code}</a></h3><p class="status">${ERRORS[code].status} · ${ERRORS[code].title}</p><p>${prose(MEANINGS[code])}</p></div>`,
  );
  return html`<section aria-labelledby="errors"><h2 id="errors">Errors</h2><p>They are <code>application/problem+json</code> (RFC 9457) with <code>code</code>, <code>parameter</code> and <code>value</code>; an <code>&lt;img&gt;</code> gets the same as a picture. The <code>type</code> of each leads here.</p>${rows}</section>`;
}

const ROUTES = [
  [
    '/explain.json?url=',
    'what any URL of a picture means, ours or an old service’s: options, our own URL, snippets',
  ],
  ['/openapi.json', 'this reference as OpenAPI 3.1'],
  ['/llms.txt', 'the grammar and twenty examples for a coding agent'],
  ['/status.json', 'what the cache holds and has done; `/status` for people, `/metrics` for Prometheus'],
  ['/healthz', 'the process is alive; `/readyz`: it wants requests'],
] as const;

const CONTENTS = ['grammar', 'options', 'sizes', 'dialects', 'errors', 'routes'] as const;

/** `/docs`: the reference, made from the tables that the service itself reads. */
export function docs(assets: Assets, hasStatus: boolean): Html {
  return shell({
    title: 'greybox · reference',
    description: 'Every option with its bounds, default and picture; every grammar; every error.',
    name: 'docs',
    assets,
    hasStatus,
    body: html`<div class="reference"><nav class="contents" aria-label="Contents"><ul>${CONTENTS.map(
      (id) =>
        html`<li><a href="#${id}">${{ grammar: 'the URL', dialects: 'other services', sizes: 'named sizes' }[id as string] ?? id}</a>${
          id === 'options' &&
          html`<ul>${SHOWN_OPTIONS.map((name) => html`<li><a href="#${name}"><code>${name}</code></a></li>`)}</ul>`
        }</li>`,
    )}</ul></nav><div class="text"><h1>Reference</h1><p class="lead">A picture is a URL. These are its parts, each with what it may be.</p>${grammar()}${options()}${sizes()}${dialects()}${problems()}<section aria-labelledby="routes"><h2 id="routes">Other routes</h2><dl class="parts">${ROUTES.map(
      ([path, what]) => html`<dt><code>${path}</code></dt><dd>${prose(what)}</dd>`,
    )}</dl></section></div></div>`,
  });
}
