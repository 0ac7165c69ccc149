import { DIALECTS } from '../../dialects/table.ts';
import { type NamedSize, neededLimit, SIZE_GROUPS } from '../../options/named-sizes.ts';
import { GROUPS } from '../../options/option.ts';
import { OPTIONS, SHOWN_OPTIONS } from '../../options/option-table.ts';
import type { Limits } from '../../options/sizes.ts';
import { colour, FORMAT_CHOICES, field, otherwiseOf } from './controls.ts';
import { type Html, html } from './html.ts';
import { IN_ROW } from './looks.ts';
import { DIMENSIONS, spellUrl } from './own-url.ts';
import { INITIAL, PRESETS } from './presets.ts';
import { shell } from './shell.ts';
import { mountIn, type Site } from './site.ts';

/** The kinds to copy: a snippet's name in `.json`, or one made in the page, with the button's text. */
const COPIES = [
  ['url', 'URL'],
  ['img', '<img>'],
  ['srcset', 'srcset'],
  ['picture', '<picture>'],
  ['css', 'CSS'],
  ['markdown', 'Markdown'],
] as const;

/** Well-known aspect ratios of pictures and screens. */
const RATIOS = ['16:9', '4:3', '3:2', '1:1', '2:3', '9:16', '21:9'];

/** A named size to choose; one that exceeds the limit only says which setting allows it. */
function namedSize(name: string, [width, height]: NamedSize, { maxDimension }: Limits): Html {
  const needed = neededLimit(name, maxDimension);
  const isOver = needed !== undefined;
  return html`<option value="${name}"${isOver && html` disabled`}>${name} · ${width}×${height}${isOver && ` (with MAX_DIMENSION=${needed})`}</option>`;
}

/** The input line for any URL, with the parts of our own URL below it, each in its place in the grammar. */
function urlBar(mount: string, limits: Limits): Html {
  const sizes = Object.entries(SIZE_GROUPS) as [string, Readonly<Record<string, NamedSize>>][];
  return html`<section class="card address" aria-label="URL">
<div class="line needs-script"><label for="url" class="visually-hidden">URL of a picture, ours or any old service’s</label><input type="text" id="url" inputmode="url" value="${spellUrl(INITIAL, mount)}" spellcheck="false" autocapitalize="off" autocomplete="off" aria-describedby="h-url e-url" aria-keyshortcuts="Alt+U"><button type="button" class="primary" data-copy="url" aria-keyshortcuts="Alt+C">Copy URL</button></div>
<p class="help line-help needs-script" id="h-url">Edit it, or paste a URL of another service: placehold.co, picsum.photos, ui-avatars.com and ${DIALECTS.length - 5} more.</p>
<p class="error" id="e-url" role="alert" hidden></p>
<p class="note" id="note" role="status" hidden></p>
<div class="parts" role="group" aria-label="Parts of the path">
<span class="glue" aria-hidden="true">${mount}/</span>
<div class="part" data-option="${DIMENSIONS}"><label for="o-${DIMENSIONS}">size</label><span class="with-select"><input type="text" id="o-${DIMENSIONS}" name="${DIMENSIONS}" value="${INITIAL.dimensions}" spellcheck="false" autocapitalize="off" autocomplete="off" aria-describedby="e-${DIMENSIONS}"><select class="needs-script named" id="named" aria-label="Named sizes and ratios"><option value="">named…</option><optgroup label="ratio to this width">${RATIOS.map(
    (ratio) => html`<option>${ratio}</option>`,
  )}</optgroup>${sizes.map(
    ([group, names]) =>
      html`<optgroup label="${group}">${Object.entries(names).map(([name, size]) =>
        namedSize(name, size, limits),
      )}</optgroup>`,
  )}</select></span><p class="error" id="e-${DIMENSIONS}" role="alert" hidden></p></div>
<span class="glue" aria-hidden="true">@</span>
<div class="part" data-option="scale"><label for="o-scale">scale</label><select id="o-scale" name="scale" aria-describedby="e-scale"><option value="">1x</option><option value="2">2x</option><option value="3">3x</option><option value="4">4x</option></select><p class="error" id="e-scale" role="alert" hidden></p></div>
<span class="glue" aria-hidden="true">/</span>
<div class="part wide" data-option="bg"><label for="o-bg">background</label>${colour('bg', 'background', otherwiseOf('bg'))}<p class="visually-hidden" id="h-bg">a colour, or 2 to 4 joined by a hyphen</p><p class="error" id="e-bg" role="alert" hidden></p></div>
<span class="glue" aria-hidden="true">/</span>
<div class="part wide" data-option="fg"><label for="o-fg">foreground</label>${colour('fg', 'foreground', 'auto')}<p class="visually-hidden" id="h-fg">a colour; without one, one that reads well</p><p class="error" id="e-fg" role="alert" hidden></p></div>
<span class="glue" aria-hidden="true">.</span>
<div class="part" data-option="format"><label for="o-format">format</label><select id="o-format" name="format" aria-describedby="e-format"><option value="">png</option>${FORMAT_CHOICES.filter(
    (one) => one !== 'png',
  ).map(
    (one) => html`<option>${one}</option>`,
  )}</select><p class="error" id="e-format" role="alert" hidden></p></div>
</div>
</section>`;
}

function stage(mount: string): Html {
  const first = spellUrl(INITIAL, mount);
  return html`<section class="work" aria-label="Picture">
<div class="stage" id="stage"><div class="frame" id="frame"><img id="picture" src="${first}" alt="The picture that the URL makes" width="600" height="400" fetchpriority="high"><button type="button" class="corner needs-script" id="corner" aria-label="Resize: drag, or use the arrow keys" title="Drag to resize"></button></div></div>
<p class="facts needs-script"><span id="facts" role="status"></span><span id="contrast" class="badge" hidden></span></p>
<div class="copies needs-script" role="group" aria-label="Copy">${COPIES.map(
    ([kind, label]) => html`<button type="button" data-copy="${kind}">${label}</button>`,
  )}<button type="button" data-copy="image">Picture</button><a class="button" id="download" href="${first}" download>Download</a></div>
<pre class="code needs-script" id="code" tabindex="0" role="group" aria-label="Code"></pre>
</section>`;
}

function panel(mount: string): Html {
  const isBelow = (name: (typeof SHOWN_OPTIONS)[number]): boolean => !IN_ROW.includes(name);
  const groups = GROUPS.map((group) => ({
    group,
    names: SHOWN_OPTIONS.filter((name) => OPTIONS[name].group === group && isBelow(name)),
  }));
  return html`<section class="panel" aria-label="Options">${groups.map(
    ({ group, names }) =>
      html`<details class="card group" open><summary><h2>${group}</h2></summary><div class="fields">${
        group === 'background' &&
        html`<div class="field needs-script" data-stops="o-bg"><div class="field-head"><span class="name" id="l-stops">colours</span></div><p class="help">of the background: one, or up to four for a gradient</p><div class="stops" role="group" aria-labelledby="l-stops"></div></div>`
      }${names.map((name) => field(name, mount))}${
        group === 'output' &&
        html`<div class="field needs-script"><div class="field-head"><span class="name" id="l-formats">formats</span></div><p class="help">what each costs for this picture</p><div class="formats" id="formats" role="group" aria-labelledby="l-formats"></div></div>`
      }</div></details>`,
  )}</section>`;
}

function gallery(mount: string): Html {
  return html`<section class="gallery" aria-labelledby="l-gallery"><h2 id="l-gallery">Start from</h2><ul class="tiles">${PRESETS.map(
    ({ title, fields }) => {
      const path = spellUrl(fields, mount);
      return html`<li><a href="#${path}"><img src="${path}" alt="" loading="lazy" fetchpriority="low" decoding="async"><span class="one-line">${title}</span></a></li>`;
    },
  )}</ul></section>
<section class="gallery needs-script" aria-labelledby="l-recent" id="recent" hidden><h2 id="l-recent">Recent</h2><ul class="tiles" id="recent-list"></ul></section>`;
}

const KEYS = [
  ['Alt+U', 'edit the URL'],
  ['Alt+C', 'copy the URL'],
  ['Alt+I', 'copy the <img>'],
  ['Alt+R', 'roll the seed'],
] as const;

/** The page for building a URL interactively; without scripts its form leads to the picture. */
export function playground(site: Site, limits: Limits): Html {
  const mount = mountIn(site);
  return shell({
    title: 'greybox · placeholder images by URL',
    description:
      'Build the URL of a placeholder image by hand and eye, and copy it as HTML, CSS or Markdown.',
    name: 'playground',
    site,
    body: html`<h1 class="visually-hidden">Placeholder images by URL</h1>
<form id="form" method="get" action="${site.base}/" data-mount="${mount}" autocomplete="off">
${urlBar(mount, limits)}
<div class="bench">${stage(mount)}${panel(mount)}<p class="submit"><button class="primary" name="show" value="">Show the picture</button></p></div>
</form>
${gallery(mount)}
<section class="keys needs-script" aria-label="Shortcuts">${KEYS.map(([key, what]) => html`<span><kbd>${key}</kbd> ${what}</span>`)}</section>
<p id="toast" class="toast" role="status" aria-live="polite"></p>`,
  });
}
