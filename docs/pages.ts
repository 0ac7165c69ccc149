import { drawSection } from './contact-sheet.ts';
import { EXAMPLE_PICTURES } from './examples.ts';
import { GALLERY, OVERVIEW, type Section } from './gallery-table.ts';
import { migratePage } from './migrate.ts';
import { bundled, licenceOf } from './packages.ts';
import { PARTS, renderParts } from './parts.ts';
import { programs } from './programs.ts';
import { SCRIPT_PICTURES, scriptsPage } from './scripts.ts';
import { table } from './table.ts';

/** Where the picture of a section is, from docs/. */
const sheetOf = (name: string, { photographic }: Section): string =>
  `gallery/${name}.${photographic ? 'jpg' : 'png'}`;

/** The pictures that are drawn for the documents, by their path from the root of the project. */
export const PICTURES: ReadonlyMap<string, () => Promise<Buffer>> = new Map([
  ['docs/gallery.png', () => drawSection(OVERVIEW)],
  ...Object.entries(GALLERY).map(
    ([name, section]) => [`docs/${sheetOf(name, section)}`, () => drawSection(section)] as const,
  ),
  ...EXAMPLE_PICTURES,
  ...SCRIPT_PICTURES,
]);

const NOTE = '<!-- written by npm run docs -->';

/** Where each licence is explained. */
const LICENCES: Readonly<Record<string, string>> = {
  'OFL-1.1': 'https://openfontlicense.org',
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
  ISC: 'https://opensource.org/license/isc',
};

/** Every picture, and under it its URLs as text, to be copied. */
function galleryPage(): string {
  const sections = Object.entries(GALLERY).map(([name, section]: [string, Section]) => {
    const { title, tiles } = section;
    const urls = tiles.map(({ url }) => `    /image/${url}`).join('\n');
    return `## ${title}\n\n![${title}](${sheetOf(name, section)})\n\n<details><summary>URLs</summary>\n\n${urls}\n\n</details>`;
  });
  const head = `# Gallery\n\n${NOTE}\n\nEach picture is drawn by greybox from the URL below it, at \`@2x\` where the URL says no scale.`;
  return `${head} A checkerboard\nshows where a picture lets the page through.\n\n${sections.join('\n\n')}\n`;
}

/** Packages that run, by their licence. */
function programRows(): string[][] {
  const all = programs();
  const licences = [...new Set(all.map(({ licence }) => licence))].sort();
  return licences.map((licence) => {
    const names = all.filter((one) => one.licence === licence).map(({ name }) => name);
    return [licence, [...new Set(names)].join(', ')];
  });
}

function licencesPage(): string {
  const rows = bundled().map((one) => {
    const { holder, licence, home } = licenceOf(one);
    return [`[${one.name}](${home})`, `[${licence}](${LICENCES[licence] ?? ''})`, holder];
  });
  return `# Licences

${NOTE}

greybox itself is under the [MIT licence](../LICENSE). This page lists what is installed beside it, unchanged, by \`npm install\`
and in the container image, where it is \`/app/licences.md\`. Each package brings the text of its licence along. \`npm run licences\`
prints the same list with versions; \`npm sbom --omit=dev --sbom-format spdx\` makes one for programs to read.

## Programs

${table(['licence', 'packages'], programRows())}

- **libvips**, which sharp encodes with, is under the LGPL, as are some of the libraries in it. It is a shared library of its own
  (\`@img/sharp-libvips-*/lib/libvips-cpp.so*\`): put another build in its place and greybox uses that. [Its list of
  libraries and licences](https://github.com/lovell/sharp-libvips#licensing), and how it is built, are with its sources.
- **Skia**, which labels are drawn with, is part of \`@napi-rs/canvas-*\`, under a BSD licence; \`sbom.cdx.json\` there lists
  what else is in it.
- The **image** begins with Node's own, \`node:26-trixie-slim\`, which has [Node](https://github.com/nodejs/node/blob/main/LICENSE)
  and packages of Debian, whose licences are in \`/usr/share/doc/*/copyright\`. esbuild only builds greybox, and is not in the image.

## Fonts and emoji

Labels are drawn with the fonts and emoji of these packages.

- Fonts under the SIL Open Font License may be used for any picture; a picture drawn with them needs no notice.
- The emoji are [Twemoji](https://github.com/jdecked/twemoji), graphics by Twitter, Inc and other contributors under
  CC BY 4.0: whoever publishes a picture that shows one names them, as this page does for the pictures of the gallery.

${table(['package', 'licence', 'copyright'], rows)}
`;
}

/** The generated documents: what each should hold, given what it holds. */
export const PAGES: Readonly<Record<string, (text: string) => string>> = {
  ...Object.fromEntries(
    Object.entries(PARTS).map(([path, parts]) => [path, (text: string) => renderParts(text, parts)]),
  ),
  'docs/gallery.md': galleryPage,
  'docs/licences.md': licencesPage,
  'docs/scripts.md': () => scriptsPage(NOTE),
  'docs/migrate.md': () => migratePage(NOTE),
};
