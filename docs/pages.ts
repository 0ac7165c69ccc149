import { drawSection } from './contact-sheet.ts';
import { EXAMPLE_PICTURES } from './examples.ts';
import { GALLERY, OVERVIEW, type Section } from './gallery-table.ts';
import { migratePage } from './migrate.ts';
import { bundled, licenceOf } from './packages.ts';
import { PARTS, renderParts } from './parts.ts';
import { SCRIPT_PICTURES, scriptsPage } from './scripts.ts';
import { table } from './table.ts';

/** The pictures that are drawn for the documents, by their path from the root of the project. */
export const PICTURES: ReadonlyMap<string, () => Promise<Buffer>> = new Map([
  ['docs/gallery.png', () => drawSection(OVERVIEW)],
  ...Object.entries(GALLERY).map(
    ([name, section]) => [`docs/gallery/${name}.png`, () => drawSection(section)] as const,
  ),
  ...EXAMPLE_PICTURES,
  ...SCRIPT_PICTURES,
]);

const NOTE = '<!-- written by npm run docs -->';

/** Where each licence is explained. */
const LICENCES: Readonly<Record<string, string>> = {
  'OFL-1.1': 'https://openfontlicense.org',
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
};

/** Every picture, and under it its URLs as text, to be copied. */
function galleryPage(): string {
  const sections = Object.entries(GALLERY).map(([name, { title, tiles }]: [string, Section]) => {
    const urls = tiles.map(({ url }) => `    /image/${url}`).join('\n');
    return `## ${title}\n\n![${title}](gallery/${name}.png)\n\n<details><summary>URLs</summary>\n\n${urls}\n\n</details>`;
  });
  const head = `# Gallery\n\n${NOTE}\n\nEach picture is drawn by greybox from the URL below it, at \`@2x\` where the URL says no scale.`;
  return `${head} A checkerboard\nshows where a picture lets the page through.\n\n${sections.join('\n\n')}\n`;
}

function licencesPage(): string {
  const rows = bundled().map((one) => {
    const { holder, licence, home } = licenceOf(one);
    return [`[${one.name}](${home})`, `[${licence}](${LICENCES[licence] ?? ''})`, holder];
  });
  return `# Licences of fonts and emoji

${NOTE}

greybox itself is under the [MIT licence](../LICENSE). Labels are drawn with the fonts and emoji of these packages, which
are installed beside it, unchanged, each with its licence.

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
