import t from 'tap';
import { testApp } from '../../helper/app.ts';

t.test('what people paste is explained', async (t) => {
  const app = await testApp(t);
  const explain = async (url: string) =>
    (await app.inject(`/explain.json?url=${encodeURIComponent(url)}`)).json();

  t.test('code around a URL is left aside', async (t) => {
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

  t.test('a # before a colour is one, any other begins a fragment', async (t) => {
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

  t.test('a host that is nearly a service is named', async (t) => {
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
});
