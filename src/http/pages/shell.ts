import { VERSION } from '../../package-root.ts';
import { type Content, type Html, html } from './html.ts';
import { PAGE_PATHS, type PageName, type Site } from './site.ts';

export interface Shell {
  readonly title: string;
  readonly description: string;
  /** Which page it is: its style sheet has this name, and so has its script (the docs have none). */
  readonly name: PageName;
  readonly body: Content;
  readonly site: Site;
}

/** A grey box, the logo of all pages. */
const MARK = html`<svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><rect x="1" y="4" width="22" height="16" rx="3"/><path d="m9 9 6 6m0-6-6 6"/></svg>`;

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect x='1' y='4' width='22' height='16' rx='3' fill='%23888'/%3E%3Cpath d='m9 9 6 6m0-6-6 6' stroke='%23fff' stroke-width='2.4' stroke-linecap='round'/%3E%3C/svg%3E";

const TITLES: Readonly<Record<PageName, string>> = {
  playground: 'Playground',
  docs: 'Docs',
  status: 'Status',
};

/** The document around each page. */
export function shell({ title, description, name, body, site }: Shell): Html {
  const { base, pages, assets } = site;
  const pathOf = (page: PageName): string => base + PAGE_PATHS[page];
  const links = pages.map(
    (page) =>
      html`<a href="${pathOf(page)}"${page === name && html` aria-current="page"`}>${TITLES[page]}</a>`,
  );
  const [home = name] = pages;
  return html`<!doctype html>
<html lang="en" data-page="${name}" data-base="${base}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<meta name="description" content="${description}">
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${base}${assets.path(`${name}.css`)}">
${name !== 'docs' && html`<script type="module" src="${base}${assets.path(`${name}.js`)}"></script>`}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="${pathOf(home)}">${MARK}<span>greybox</span></a>
${links.length > 1 && html`<nav aria-label="Pages">${links}</nav>`}
</header>
<main id="main" tabindex="-1">${body}</main>
<footer class="foot"><span>greybox ${VERSION}</span>${
    pages.includes('docs') &&
    html`<a href="${base}/openapi.json">openapi.json</a><a href="${base}/llms.txt">llms.txt</a>`
  }</footer>
</body>
</html>
`;
}
