import type { Dialect } from '../src/dialects/dialect.ts';
import { DialectTable } from '../src/dialects/table.ts';
import { DEFAULT_LIMITS } from '../src/options/sizes.ts';
import { type Line, readCorpus } from '../test/dialects/corpus.ts';
import { mountOf, readTarget, SERVICES } from '../test/dialects/read.ts';
import { waysSection } from './migrate-ways.ts';
import { code, table } from './table.ts';

/** What a service draws differently here, by its grammar's name; where nothing is said only fonts differ by a little. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  '/via.placeholder.com': 'dead since January 2025',
  '/placehold.co': 'fonts that it has and we do not are Lato',
  '/fakeimg.pl':
    'its own fonts are the nearest of ours: Yanone and Bebas are Oswald, Lobster is Playfair Display',
  '/placehold.jp': 'of `css` colours, round corners and the label size are read; default colours are a guess',
  '/fpoimg.com': 'of gradients by name six are known, and their colours are a guess',
  '/dummyjson.com':
    "its products' pictures are drawn scenes; fonts that we do not have are the nearest of ours",
  '/place-hold.it': 'default colours are a guess; italics are upright',
  '/placeholdit.imgix.net': 'the size of a URL that names none is a guess',
  '/imgplaceholder.com': 'icons are those of Lucide that show the same; `_br_` as a break is a guess',
  '/satyr.dev':
    'a range of sizes is its middle; numbered looks and brands are colours of a seed; `delay` is ignored',
  '/holder.js': 'drawn here and not in the page: `auto`, `textmode` and `random` do not follow the page',
  '/picsum.photos': 'drawn scenes; authors in its lists are `greybox`; originals have other sizes',
  '/source.unsplash.com': 'drawn scenes that fit the keywords; always the same for one URL; dead since 2024',
  '/loremflickr.com': 'drawn scenes that fit the tags; `p` is a blur',
  '/cataas.com': 'drawn cats; a `gif` does not move',
  '/placecage.com': 'a `gif` does not move',
  '/robohash.org': 'drawn figures; `bmp` is PNG',
  '/api.dicebear.com':
    '`initials` as it draws them; all other styles are figures of ours; `json` names a picture in place of its markup',
  '/source.boringavatars.com': 'marks of ours in its colours, of which four are used',
  '/placehold.net': 'named and numbered pictures are drawn scenes, and their size is a guess',
  '/images.placeholders.dev': 'colours for dark pages are ignored',
  '/ui-avatars.com': 'a random background is the same for one name, and from a shorter table',
  '/i.pravatar.cc': 'drawn figures',
  '/randomuser.me': 'drawn figures',
  '/avatar.iran.liara.run': 'drawn figures, and initials for `/username`',
  '/api.adorable.io': 'drawn figures; of a face that is put together only the colour is its own',
  '/api.multiavatar.com': 'drawn figures',
  '/gravatar.com': 'as for somebody who has no picture there; `d=404` is a figure',
};

/** A drawn photograph or figure stands for each of these, unless something else is said. */
const differenceOf = ({ name }: Dialect): string => DIFFERENCES[name] ?? '';

/** The grammar that a line of the corpus is spelled in. */
const dialectOf = ({ target }: Line, rows: DialectTable): Dialect | undefined =>
  rows.resolve(target, 'localhost')?.dialect;

/** Why a line is refused; undefined where it is answered. */
function refusalOf({ target }: Line): string | undefined {
  try {
    readTarget(target);
    return undefined;
  } catch (error) {
    return (error as Error).message.split(';')[0];
  }
}

function servicesTable(lines: readonly Line[]): string {
  const rows = new DialectTable();
  const own = new Map<string, Line[]>();
  for (const line of lines) {
    const name = dialectOf(line, rows)?.name ?? '';
    own.set(name, [...(own.get(name) ?? []), line]);
  }
  return table(
    ['service', 'try', 'real URLs that answer', 'what differs'],
    SERVICES.map((service) => {
      const found = own.get(service.name) ?? [];
      const answered = found.filter((line) => refusalOf(line) === undefined).length;
      const names = service.hosts.length > 0 ? service.hosts : service.paths;
      const tried = found.length === 0 ? '' : `${answered} of ${found.length}`;
      return [
        names.map(code).join(' '),
        code(mountOf(service) + service.examples[0]),
        tried,
        differenceOf(service),
      ];
    }),
  );
}

function refusedTable(lines: readonly Line[]): string {
  const rows = lines.flatMap((line) => {
    const why = refusalOf(line);
    return why === undefined ? [] : [[code(line.text), why]];
  });
  return table(['URL', 'why'], rows);
}

/** docs/migrate.md. @param note that says how the page is made */
export function migratePage(note: string): string {
  const lines = readCorpus();
  const answered = lines.filter((line) => refusalOf(line) === undefined).length;
  return `# Moving here from another service

${note}

greybox answers the URLs of ${SERVICES.length} other placeholder services, dead or alive. Pick one of three ways.

| way | what to do | what pages say |
|---|---|---|
| by prefix | nothing | \`https://img.example/placehold.co/600x400?text=Hi\`: the old URL without \`https://\`, behind yours |
| by host | point the service's name at greybox: see below | the old URL, unchanged |
| at the root | \`DIALECT=placehold.co npm start\` | \`https://img.example/600x400?text=Hi\` |

With \`DIALECT\`, paths of ours stay ours: \`/image\`, \`/avatar\`, \`/docs\` and the like. Where a service has the same path, as
gravatar.com has \`/avatar\`, its URLs are answered if their path is none of ours. Ask dummyjson.com by prefix or by host: many of its
URLs, such as \`/image/400x200\`, are ours too, with our label.

What coding tools write, \`/api/placeholder/400/300\` and \`/placeholder.svg?width=400&height=300\`, is answered at the root always, whatever
the host and \`DIALECT\` are.

- A service keeps its own defaults here: format, colours, the form of its label, its bounds.
- A size that it drew and we do not, over ${DEFAULT_LIMITS.maxDimension} px, is drawn smaller in the same ratio. Its label names the size that was asked for.
- A photograph is a drawn scene and an avatar a drawn figure. One URL is one picture for ever.
- The same picture in two grammars is one cache entry. A cache in front of greybox keeps them apart by their URLs: the host is
  part of a URL, so no \`Vary\` is needed.

${waysSection()}

## The services

${answered} of ${lines.length} URLs that were found in public pages are answered, with the size and the colours that they ask for.

${servicesTable(lines)}

These are refused: their own services did not answer them with a picture either.

${refusedTable(lines)}
`;
}
