import t from 'tap';
import { testApp } from '../../helper/app.ts';

t.test('what people paste is explained', async (t) => {
  const app = await testApp(t);
  const answer = (url: string) => app.inject(`/explain.json?url=${encodeURIComponent(url)}`);
  const explain = async (url: string) => (await answer(url)).json();

  t.test('code around a URL is ignored', async (t) => {
    for (const pasted of [
      '<img src="https://placehold.co/300x200?text=Hi" width="300">',
      "<img width=300 src='//placehold.co/300x200?text=Hi'/>",
      'background: url(https://placehold.co/300x200?text=Hi) center;',
      'background-image: url("placehold.co/300x200?text=Hi")',
      '"https://placehold.co/300x200?text=Hi"',
      '  https://placehold.co/300x200?text=Hi\n',
    ])
      t.match(
        await explain(pasted),
        { grammar: '/placehold.co', fields: { dimensions: '300x200', text: 'Hi' } },
        pasted,
      );
  });

  t.test('a # before a colour belongs to it, any other begins a fragment', async (t) => {
    t.match(await explain('https://dummyimage.com/300x200/#f00/#fff'), {
      colours: { bg: ['ff0000'], fg: 'ffffff' },
    });
    t.match(await explain('/image/300x200/#00ff00'), { colours: { bg: ['00ff00'] } });
    t.match(await explain('https://dummyimage.com/300x200/f00#top'), { colours: { bg: ['ff0000'] } });
    t.match(await explain('http://localhost/#/image/300x200/00f'), {
      isOwn: true,
      colours: { bg: ['0000ff'] },
    });
  });

  t.test("a host that is nearly a service's gets a suggestion", async (t) => {
    for (const [url, meant] of [
      ['https://picsum.photo/200/300', 'picsum.photos'],
      ['https://placeholde.co/600x400', 'placehold.co'],
      ['dummyimge.com/600x400', 'dummyimage.com'],
    ] as const)
      t.match(await explain(url), {
        code: 'not-found',
        parameter: 'url',
        detail: new RegExp(`did you mean ${meant}\\?`),
      });
    t.match(await explain('https://img.example/600x400'), { detail: /did you mean \/image\/600x400\?/ });
    t.match(await explain('https://example.com/logo.png'), { code: 'not-found', detail: /nothing is here/ });
  });

  t.test('any URL is explained, or refused like its picture', async (t) => {
    for (const url of [
      '/image/600x400',
      'https://img.example/image/600x400',
      'image/600x400',
      'http://x/#/image/600x400',
    ])
      t.match((await answer(url)).json(), { isOwn: true, spelled: '/image/600x400', contrast: Number }, url);
    for (const url of [
      'https://placehold.co/600x400/orange/white',
      'placehold.co/600x400/orange/white',
      '//placehold.co/600x400/orange/white',
    ])
      t.match(
        (await answer(url)).json(),
        { isOwn: false, grammar: '/placehold.co', fields: { dimensions: '600x400' } },
        url,
      );
    const { contrast } = (await answer('/image/600x400/000-fff')).json();
    t.ok(contrast >= 4.5, `a label on a plate is read on the plate: ${contrast}`);
    t.match((await answer('/avatar/128/Ada')).json(), { isOwn: true, fields: { dimensions: '128' } });
    t.match((await answer('/image/9999')).json(), { status: 400, code: 'invalid-size' });
    t.match((await answer('/600x400')).json(), { status: 400, detail: /\/image\/600x400/ });
    t.match((await answer('https://picsum.photos/v2/list')).json(), { status: 400, parameter: 'url' });
    t.match((await app.inject('/explain.json')).json(), { status: 400, parameter: 'url' });
    const { fields } = (await answer('/image/600/red.auto?text=&border=3,000&seed=x')).json();
    t.match(fields, {
      dimensions: '600',
      unlabelled: '1',
      border: '3',
      'border.colour': '000',
      format: 'auto',
      seed: 'x',
    });
  });
});
