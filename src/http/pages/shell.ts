import { VERSION } from '../../package-root.ts';
import type { Assets } from './assets.ts';
import { type Content, type Html, html } from './html.ts';

export interface Shell {
  readonly title: string;
  readonly description: string;
  /** Which of the pages it is: its script and its style go by this name. */
  readonly name: 'playground' | 'status' | 'docs';
  readonly body: Content;
  readonly assets: Assets;
  /** Whether the status is to be found here too. */
  readonly hasStatus: boolean;
}

/** A grey box, as the mark of all pages. */
const MARK = html`<svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><rect x="1" y="4" width="22" height="16" rx="3"/><path d="m9 9 6 6m0-6-6 6"/></svg>`;

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect x='1' y='4' width='22' height='16' rx='3' fill='%23888'/%3E%3Cpath d='m9 9 6 6m0-6-6 6' stroke='%23fff' stroke-width='2.4' stroke-linecap='round'/%3E%3C/svg%3E";

const LINKS = [
  ['playground', '/', 'Playground'],
  ['docs', '/docs', 'Docs'],
  ['status', '/status', 'Status'],
] as const;

/** The document around each page. */
export function shell({ title, description, name, body, assets, hasStatus }: Shell): Html {
  const links = LINKS.filter(([page]) => page !== 'status' || hasStatus);
  return html`<!doctype html>
<html lang="en" data-page="${name}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<meta name="description" content="${description}">
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${assets.path(`${name}.css`)}">
<script type="module" src="${assets.path(`${name}.js`)}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="/">${MARK}<span>greybox</span></a>
<nav aria-label="Pages">${links.map(
    ([page, href, text]) => html`<a href="${href}"${page === name && html` aria-current="page"`}>${text}</a>`,
  )}</nav>
</header>
<main id="main" tabindex="-1">${body}</main>
<footer class="foot"><span>greybox ${VERSION}</span><a href="/openapi.json">openapi.json</a><a href="/llms.txt">llms.txt</a></footer>
</body>
</html>
`;
}
