import t from 'tap';
import { DEFAULT_LIMITS } from '../../src/options/sizes.ts';
import { colorsIn, readCorpus, sizeIn } from './corpus.ts';
import { pictureOf, readTarget } from './read.ts';

/** URLs that their own services did not answer with a picture either, and why: docs/migrate.md lists them. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'https://via.placeholder.com/0x0': /width must be an integer from 1 to 9999/,
  'https://via.placeholder.com/00?text=GlobalSol': /width must be an integer from 1 to 9999/,
  'https://placehold.co/4096x4096': /width must be an integer from 10 to 4000/,
  'http://picsum.photos/?random': /size must be a width and a height/,
  'https://randomuser.me/api/portraits/': /path must be men, women or lego/,
};

/** URLs whose numbers look like a size and are none. */
const NO_SIZE = new Set([
  'https://dummyimage.com/600/666/fff.png',
  'https://ui-avatars.com/api/JohnDoe/48/9B5DE5/FFFFFF/2/0.5/false/true/false/png',
  'https://ui-avatars.com/api/John+Doe/128/000000/ffffff/2/0.5/true/true/false/png',
]);

const lines = readCorpus();

t.test('every URL of the corpus means a picture or data, or is refused for a reason', async (t) => {
  t.ok(lines.length >= 1172, 'no URL of the corpus is lost');
  const unread = lines.flatMap(({ text, target }) => {
    try {
      readTarget(target);
      return REFUSED[text] ? [`${text} is read`] : [];
    } catch (error) {
      return REFUSED[text]?.test((error as Error).message) ? [] : [`${text}: ${(error as Error).message}`];
    }
  });
  t.strictSame(unread, []);
});

const pictures = lines.filter(({ text, target }) => !REFUSED[text] && readTarget(target).kind === 'picture');

t.test(
  'pictures have the size that their URL asks for, or its ratio where that is over our bounds',
  async (t) => {
    const { maxDimension } = DEFAULT_LIMITS;
    const sized = pictures.filter((line) => sizeIn(line) && !NO_SIZE.has(line.text));
    t.ok(sized.length > 600, 'most name one');
    const wrong = sized.flatMap((line) => {
      const [width, height] = sizeIn(line) as readonly [number, number];
      const factor = Math.min(1, maxDimension / width, maxDimension / height);
      const picture = pictureOf(line.target);
      const isRight =
        Math.abs(picture.width - width * factor) <= 1 && Math.abs(picture.height - height * factor) <= 1;
      return isRight ? [] : [`${line.text}: ${picture.width}x${picture.height}`];
    });
    t.strictSame(wrong, []);
  },
);

t.test('pictures have the colours that their URL asks for', async (t) => {
  const colored = pictures.filter((line) => colorsIn(line).length > 0);
  t.ok(colored.length > 100, 'many name some');
  const wrong = colored.filter((line) => {
    const meant = readTarget(line.target);
    const options = meant.kind === 'data' ? '' : JSON.stringify(meant.options);
    return !colorsIn(line).every((color) => options.includes(color));
  });
  t.strictSame(
    wrong.map(({ text }) => text),
    [],
  );
});
