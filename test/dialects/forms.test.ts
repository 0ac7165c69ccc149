import t from 'tap';
import { keyOf, pictureOf, readTarget } from './read.ts';

/** Two spellings of one picture: as pages write it, and as the service's documents do. */
const SAME: readonly (readonly [written: string, meant: string])[] = [
  // a query without its question mark, escaped, or in capitals
  ['/via.placeholder.com/300x200&text=Hi', '/via.placeholder.com/300x200?text=Hi'],
  ['/via.placeholder.com/300x200/&text=Hi', '/via.placeholder.com/300x200?text=Hi'],
  ['/placehold.it/300x200/ccc/fff&amp;text=Hi', '/placehold.it/300x200/ccc/fff?text=Hi'],
  ['/placehold.it/300x200/?Text=Hi', '/placehold.it/300x200?text=Hi'],
  ['/placehold.co/300x200/text=Hi', '/placehold.co/300x200?text=Hi'],
  ['/placehold.co/300x200?text=Hi&amp;font=lora', '/placehold.co/300x200?text=Hi&font=lora'],
  ['/dummyimage.com/300x200/000/fff&amp;text=Hi', '/dummyimage.com/300x200/000/fff?text=Hi'],
  ['/place-hold.it/300x200&text=Hi&amp;fontsize=30', '/place-hold.it/300x200?text=Hi&fontsize=30'],
  [
    '/placeholdit.imgix.net/~text?txtsize=33&&txt=a&&w=90&&h=60',
    '/placeholdit.imgix.net/~text?txtsize=33&txt=a&w=90&h=60',
  ],
  [
    '/images.placeholders.dev/?width=90&amp;height=60&amp;text=a',
    '/images.placeholders.dev/?width=90&height=60&text=a',
  ],
  ['/api.lorem.space/image/face?w=150&amp;amp;amp;h=220', '/api.lorem.space/image/face?w=150&h=220'],
  ['/placeholder.svg?height=40&amp;width=60', '/placeholder.svg?height=40&width=60'],
  ['/holder.js/100px180?text=Hi&amp;bg=f00', '/holder.js/100px180?text=Hi&bg=f00'],
  ['/ui-avatars.com/api/?name=A&amp;background=f00', '/ui-avatars.com/api/?name=A&background=f00'],
  // sizes
  ['/placehold.it/250X150', '/placehold.it/250x150'],
  ['/via.placeholder.com/100px100', '/via.placeholder.com/100'],
  ['/via.placeholder.com/200px100px', '/via.placeholder.com/200x100'],
  ['/via.placeholder.com/200pxx100px', '/via.placeholder.com/200x100'],
  ['/via.placeholder.com/200%20x%20100', '/via.placeholder.com/200x100'],
  ['/placehold.co/200*100', '/placehold.co/200x100'],
  ['/source.unsplash.com/random/900%C3%97700/?fruit', '/source.unsplash.com/random/900x700/?fruit'],
  ['/i.pravatar.cc/100x100?u=a', '/i.pravatar.cc/100?u=a'],
  ['/api/placeholder/600x400', '/api/placeholder/600/400'],
  ['/api/placeholder?width=600&height=400', '/api/placeholder/600/400'],
  ['/api/placeholder?text=Hi', '/api/placeholder/600/400?text=Hi'],
  ['/api/placeholder?w=60&h=40&label=Hi', '/api/placeholder/60/40?text=Hi'],
  ['/satyr.dev/50-100x50-100/f00?texture=graphpaper', '/satyr.dev/75x75/f00?texture=graphpaper'],
  ['/placeholder.svg?w=60&h=40', '/placeholder.svg?width=60&height=40'],
  // slashes, and segments without anything in them
  ['/via.placeholder.com//300x200', '/via.placeholder.com/300x200'],
  ['/via.placeholder.com/300x200//', '/via.placeholder.com/300x200/'],
  ['/placehold.co/300x200/eee//png', '/placehold.co/300x200/eee/png'],
  ['/placehold.co/300x200//000', '/placehold.co/300x200/ddd/000'],
  ['/dummyimage.com/300x200//fff', '/dummyimage.com/300x200/ccc/fff'],
  ['/fakeimg.pl/300x200//000/', '/fakeimg.pl/300x200/ccc/000/'],
  ['/place-hold.it/300x200//000', '/place-hold.it/300x200/ccc/000'],
  ['/dummyjson.com/image/300x200//fff', '/dummyjson.com/image/300x200/ccc/fff'],
  ['/picsum.photos//200//300', '/picsum.photos/200/300'],
  ['/dummyjson.com/image//300x200/eee', '/dummyjson.com/image/300x200/eee'],
  ['/plchldr.co/i//300x200/eee', '/plchldr.co/i/300x200/eee'],
  // segments in any order, as holder.js had them before 2.4
  ['/holder.js/sky/300x200', '/holder.js/300x200/sky'],
  ['/holder.js/text:Hi/%23000:%23fff/100px180', '/holder.js/100px180?text=Hi&bg=000&fg=fff'],
  ['/holder.js/size:20/auto/300x200/lava', '/holder.js/300x200?size=20&theme=lava'],
  // what a service does not mind: nothing after a name, and corners rounder than the picture
  ['/dummyjson.com/image/300x200/eee/111?background=&color=', '/dummyjson.com/image/300x200/eee/111'],
  ['/fakeimg.pl/300/?radius=5000', '/fakeimg.pl/300/?radius=2000'],
  ['/fakeimg.pl/300/?radius=200%25', '/fakeimg.pl/300/?radius=100%25'],
  ['/fakeimg.pl/300/?radius_tl=9999', '/fakeimg.pl/300/?radius_tl=2000'],
  [
    '/placehold.jp/90x60.png?css={"border-radius":"9999px"}',
    '/placehold.jp/90x60.png?css={"border-radius":"50%25"}',
  ],
  // an extension in any place
  [
    '/via.placeholder.com/300/09f/fff.png%20C/O%20https://placeholder.com/',
    '/via.placeholder.com/300/09f/fff.png',
  ],
  ['/ipsumimage.appspot.com/300?f=jpg', '/ipsumimage.appspot.com/300.jpg'],
  ['/via.placeholder.com/150x240/jpeg/eee/888', '/via.placeholder.com/150x240.jpeg/eee/888'],
  ['/via.placeholder.com/150x240/eee.jpg/888', '/via.placeholder.com/150x240/eee/888.jpg'],
  ['/placehold.co/png/200x100/eee/000', '/placehold.co/200x100/eee/000/png'],
  ['/placehold.co/png', '/placehold.co/600x400/png'],
  ['/placehold.co/200x100/eee/000@2x.png', '/placehold.co/200x100/eee/000.png'],
  ['/dummyimage.com/125x125.bmp/5fa2dd/fff', '/dummyimage.com/125x125/5fa2dd/fff'],
  ['/dummyimage.com/125x125/5fa2dd/fff.svg', '/dummyimage.com/125x125/5fa2dd/fff'],
  ['/ipsumimage.appspot.com/300,ff7700.gif', '/ipsumimage.appspot.com/300.gif,ff7700'],
  ['/placeimg.com/640/480/nature.jpg', '/placeimg.com/640/480/nature'],
  // colours
  ['/placehold.co/300x200/%23eee/%23000', '/placehold.co/300x200/eee/000'],
  ['/via.placeholder.com/300/09f/fff%20C/O%20https://placeholder.com/', '/via.placeholder.com/300/09f/fff'],
  ['/via.placeholder.com/ffffff/250/000000', '/via.placeholder.com/250/ffffff/000000'],
  ['/dummyimage.com/ffffff/250/000000', '/dummyimage.com/250/ffffff/000000'],
  ['/via.placeholder.com/4CAF50/FFFFFF?Text=A', '/via.placeholder.com/150/4caf50/ffffff?text=A'],
  ['/placehold.jp/48/eeeeee/300x200.png', '/placehold.jp/48/eeeeee/ffffff/300x200.png'],
  ['/api/placeholder/600/400/f00/fff', '/api/placeholder/600/400?bg=f00&fg=fff'],
  ['/api/placeholder/600/400?bgColor=f00&textColor=fff', '/api/placeholder/600/400?bg=f00&fg=fff'],
  // photographs
  [
    '/loremflickr.com/cache/resized/65535_52422330809_c86d4f09f3_320_240_nofilter.jpg',
    '/loremflickr.com/320/240?lock=65535_52422330809',
  ],
  ['/lorempixel.com/gray/640/480/cats/', '/lorempixel.com/g/640/480/cats'],
  ['/lorempixel.com/output/cats-q-g-640-480-7.jpg', '/lorempixel.com/g/640/480/cats/7'],
  ['/lorempixel.com/output/cats-h-c-640-480-7.jpg', '/lorempixel.com/640/480/cats/7'],
  ['/placeimg.com/640/480/any?utm_source=mail&fbclid=1&v=2&_=3', '/placeimg.com/640/480/any'],
  ['/lorempixel.com/640/480/?utm_source=mail&gclid=1&v=2&_=3', '/lorempixel.com/640/480/'],
  ['/lorempixel.com/640/480/cats/?utm_source=mail&12345', '/lorempixel.com/640/480/cats/?12345'],
  ['/placekeanu.com/500/300/g', '/placekeanu.com/g/500/300'],
  ['/picsum.photos/200/300?blur=yes', '/picsum.photos/200/300?blur'],
  ['/source.unsplash.com/800x600?query=nature', '/source.unsplash.com/800x600?nature'],
  ['/source.unsplash.com/800x600?nature&t=17', '/source.unsplash.com/800x600?nature'],
  // avatars
  ['/ui-avatars.com/?name=John+Doe', '/ui-avatars.com/api/?name=John+Doe'],
  ['/ui-avatars.com/api?Name=John+Doe', '/ui-avatars.com/api/?name=John+Doe'],
  ['/api.dicebear.com/9.x/lorelei/png/seed=A&size=64', '/api.dicebear.com/9.x/lorelei/png?seed=A&size=64'],
  ['/avatars.dicebear.com/v2/human/123.svg', '/api.dicebear.com/9.x/human/svg?seed=123'],
  ['/robohash.org/set_set2/size_50x60/abc', '/robohash.org/abc?set=set2&size=50x60'],
  [
    '/api.dicebear.com/5.x/lorelei/svg?seed=A&backgroundColor[]=b6e3f4',
    '/api.dicebear.com/5.x/lorelei/svg?seed=A&backgroundColor=b6e3f4',
  ],
  ['/ui-avatars.com/api/?name=%00', '/ui-avatars.com/api/?name='],
  ['/gravatar.com/avatar/abc?d=initials&initials=%00A', '/gravatar.com/avatar/abc?d=initials&initials=A'],
  ['/gravatar.com/avatar.php?gravatar_id=abc&size=64', '/gravatar.com/avatar/abc?s=64'],
  ['/s.gravatar.com/avatar/abc?s=64', '/gravatar.com/avatar/abc?s=64'],
  [
    '/avatar.iran.liara.run/username?username=[Ada+Lovelace]',
    '/avatar.iran.liara.run/username?username=Ada+Lovelace',
  ],
];

t.test('forms of real pages mean what they were meant to', async (t) => {
  for (const [written, meant] of SAME) t.equal(keyOf(written), keyOf(meant), written);
});

/** Larger than we draw: what was asked for, and the key of what is drawn. */
const OVER: readonly (readonly [target: string, key: string])[] = [
  ['/via.placeholder.com/3000x1500', '2000.1000.png?fg=969696&text=3000 x 1500'],
  ['/placehold.co/3840x2160.webp', '2000.1125.webp?bg=dddddd&fg=999999&font=lato&text=3840 × 2160'],
  ['/placehold.co/3000x2000@2x.png', '4000.2666.png?bg=dddddd&fg=999999&font=lato&scale=2&text=3000 × 2000'],
  ['/dummyimage.com/4k', '2000.1125.png?fg=000000&text=3840 × 2160'],
  ['/dummyimage.com/9999x3000/09f.gif', '2000.600.gif?bg=0099ff&text=9999 × 3000'],
  [
    '/fakeimg.pl/4000x2000/?font_size=100&radius=40',
    '2000.1000.png?fg=909090&font=oswald&radius=20&size=50&text=4000 x 2000&weight=400',
  ],
  ['/placehold.jp/60/000/fff/3000x1000.png', '2000.666.png?bg=000000&fg=ffffff&size=40&text=3000x1000'],
  ['/placeholder.pics/svg/4000x1000', '2000.500.svg?bg=dedede&fg=555555&text=4000×1000'],
  ['/fpoimg.com/5000x2500', '2000.1000.png?bg=c7c7c7&fg=8f8f8f&text=5000×2500'],
  ['/dummyjson.com/image/4000', '2000.2000.png?fg=000000&text=4000 x 4000'],
  ['/place-hold.it/4000x1000?fontsize=200', '2000.500.png?fg=969696&size=100&text=4000 x 1000'],
  [
    '/images.placeholders.dev/?width=2500&height=500&fontSize=50',
    '2000.400.svg?bg=dddddd&fg=00000080&size=40&text=2500×500&weight=700',
  ],
  ['/placeholdit.imgix.net/~text?w=4000&h=2000&txtsize=80', '2000.1000.png?fg=969696&size=40&text=4000×2000'],
  ['/satyr.dev/4000x3000/f00', '2000.1500.png?bg=ff0000&fg=666666&text=4000x3000'],
  ['/holder.js/4000x1000?size=60px', '2000.500.svg?bg=eeeeee&fg=aaaaaa&size=30&text=4000x1000&weight=700'],
  ['/api/placeholder/4000/2000', '2000.1000.svg?fg=666666&text=4000 × 2000'],
  ['/placeholder.svg?width=3000&height=3000', '2000.2000.svg?fg=666666&text=3000 × 3000'],
];

t.test('what is over our bounds is as much smaller in all its measures', async (t) => {
  for (const [target, key] of OVER) t.equal(keyOf(target), key, target);
  for (const [target, width, height] of [
    ['/picsum.photos/3999/3999', 2000, 2000],
    ['/picsum.photos/id/0/5616/3744', 2000, 1333],
    ['/loremflickr.com/3471/3004/technics?lock=5542108152844138', 2000, 1730],
    ['/source.unsplash.com/3840x2160/?city', 2000, 1125],
    ['/robohash.org/a?size=4096x2048', 2000, 1000],
    ['/gravatar.com/avatar/abc?s=2048', 2000, 2000],
    ['/api.dicebear.com/9.x/initials/svg?seed=A&size=4000', 2000, 2000],
  ] as const) {
    const picture = pictureOf(target);
    t.strictSame([picture.width, picture.height], [width, height], target);
  }
});

/** Over a service's own bounds, or in none of its forms: a target, the code of its error, and what is allowed. */
const REFUSED: readonly (readonly [target: string, code: string, detail: RegExp])[] = [
  [
    '/via.placeholder.com/10000x10',
    'invalid-size',
    /from 1 to 9999, got 10000; URLs of via\.placeholder\.com/,
  ],
  ['/via.placeholder.com/100x100.ico', 'unsupported-format', /one of png, .*, got ico; URLs of via/],
  ['/via.placeholder.com/100/zzz', 'invalid-color', /got zzz; URLs of via/],
  ['/placehold.co/9x100', 'invalid-size', /from 10 to 4000, got 9;/],
  ['/dummyimage.com/x.png/f44/fff', 'invalid-size', /got x;/],
  ['/fakeimg.pl/4001/', 'invalid-size', /from 1 to 4000, got 4001/],
  ['/fakeimg.pl/300/ff0000,300/', 'invalid-color', /got ff0000,300/],
  ['/picsum.photos/5001/100', 'invalid-size', /from 0 to 5000, got 5001; URLs of picsum\.photos are /],
  ['/picsum.photos/id/237', 'invalid-size', /such as \/300\/200/],
  ['/picsum.photos/seed/200', 'invalid-size', /such as \/300\/200/],
  ['/picsum.photos/200?blur=11', 'invalid-option', /blur must be an integer from 1 to 10, got 11/],
  ['/cataas.com/api/cats', 'invalid-option', /path must be \/cat/],
  ['/holder.js/300', 'invalid-size', /each in px or percent, got 300; URLs .* are \/holder\.js\/\{W\}/],
  [
    '/api/placeholder/{width}/{height}',
    'invalid-size',
    /got \{width\}; URLs .* are \/api\/placeholder\/\{W\}/,
  ],
  ['/api/placeholder', 'invalid-size', /got nothing/],
  ['/placeholder.svg?width=10001&height=10', 'invalid-size', /from 1 to 10000, got 10001/],
  ['/picsum.photos/-5/300', 'invalid-size', /got -5\/300/],
  ['/picsum.photos/300/-5.webp', 'invalid-size', /got 300/],
  ['/placekitten.com/99999999/300', 'invalid-size', /got 99999999/],
  ['/loremflickr.com/g/300/10000000', 'invalid-size', /got g\/300\/10000000/],
];

t.test('what a service would refuse is refused, with its forms', async (t) => {
  for (const [target, code, message] of REFUSED)
    t.throws(() => readTarget(target), { code, message }, target);
});

t.test('what a URL says more of the look of a box', async (t) => {
  const table = [
    ['/imgplaceholder.com/420x320/ff7f7f/fa-heart', { icon: 'heart', text: '' }],
    [
      '/imgplaceholder.com/420x320?text=A&font-size=30&font-family=Open_Sans_Bold',
      { size: 30, font: 'open-sans' },
    ],
    ['/fpoimg.com/50?gradient=f00,00f&gradient_angle=-45', { background: { angle: 315 } }],
  ] as const;
  for (const [target, expected] of table) t.match(pictureOf(target), expected, target);
  t.match(pictureOf('/static.photos/nature/320x240/20240101'), { width: 320, seed: 'nature 20240101' });
  t.match(pictureOf('/loremflickr.com/320/240/20240101'), { width: 320, height: 240, seed: '20240101' });
});

/** Letters, colours and sizes as the services' own sources have them. */
const AVATARS: readonly (readonly [target: string, expected: object])[] = [
  ['/ui-avatars.com/api/?name=John+Doe&length=3', { text: 'JDO' }],
  ['/ui-avatars.com/api/?name=John+Ronald+Tolkien&length=3', { text: 'JRT' }],
  ['/ui-avatars.com/api/?name=John+Ronald+Tolkien', { text: 'JT' }],
  ['/ui-avatars.com/api/?name=Mary-Jane+Watson', { text: 'MW' }],
  ['/ui-avatars.com/api/?name=John&length=3', { text: 'JOH' }],
  ['/ui-avatars.com/api/?name=John&uppercase=', { text: 'Jo' }],
  ['/ui-avatars.com/api/?size=abc', { width: 16 }],
  ['/ui-avatars.com/api/?size=513', { width: 512, height: 512 }],
  ['/ui-avatars.com/api/?width=100&height=50', { width: 100, height: 50 }],
  ['/ui-avatars.com/api/?font-size=0&size=100', { size: 50 }],
  ['/ui-avatars.com/api/?background=random&color=fff', { foreground: [255, 255, 255, 255] }],
  ['/ui-avatars.com/api/?background=random&color=000', { foreground: [0, 0, 0, 255] }],
  ['/api.dicebear.com/9.x/initials/svg?seed=Mary-Jane', { text: 'MA' }],
  ['/api.dicebear.com/9.x/initials/svg?seed=Ada%20B%20Lovelace', { text: 'AL' }],
  ['/api.dicebear.com/9.x/initials/svg?seed=Ada&chars=1', { text: 'A' }],
  [
    '/api.dicebear.com/7.x/initials/svg?seed=A&textColor=ff0000&fontSize=40&fontWeight=700',
    { foreground: [255, 0, 0, 255], size: 51, weight: 700 },
  ],
  [
    '/api.dicebear.com/9.x/initials/svg?seed=A&backgroundType=gradientLinear&backgroundColor=f00,00f',
    {
      background: {
        colors: [
          [255, 0, 0, 255],
          [0, 0, 255, 255],
        ],
      },
    },
  ],
  ['/avatars.dicebear.com/4.5/api/male/ada.svg?w=100&h=100', { width: 100, seed: 'male ada' }],
  ['/api.adorable.io/avatars/face/eyes1/nose1/mouth6/b05f6d/150', { width: 150, scene: 'face' }],
  ['/gravatar.com/avatar/abc?d=initials&name=Ada+Lovelace', { text: 'AL' }],
];

t.test('avatars are those of their services', async (t) => {
  for (const [target, expected] of AVATARS) t.match(pictureOf(target), expected, target);
  const format = (target: string, accept: string): string =>
    pictureOf(`/ui-avatars.com${target}`, accept).format;
  t.equal(format('/api/?name=A', 'image/avif,image/svg+xml,*/*'), 'svg');
  t.equal(format('/api/?name=A&format=png', 'image/avif,image/svg+xml,*/*'), 'png');
  t.equal(format('/api/?name=A&format=svg', 'image/png'), 'svg');
});

t.test('a query that tells two photographs apart is none that is ignored', async (t) => {
  const pairs = [
    ['/picsum.photos/200?sig=1', '/picsum.photos/200?sig=2'],
    ['/picsum.photos/200?1', '/picsum.photos/200?2'],
    ['/loremflickr.com/200/200?lock=1', '/loremflickr.com/200/200?lock=2'],
    ['/placekeanu.com/200?img=1', '/placekeanu.com/200?img=2'],
    ['/placebeard.it/200?tutor-1', '/placebeard.it/200?tutor-2'],
    ['/lorempixel.com/200/200/?random=1', '/lorempixel.com/200/200/?random=2'],
    ['/placeimg.com/200/200/any?r=1', '/placeimg.com/200/200/any?r=2'],
    ['/placeimg.com/200/200/any?t=1', '/placeimg.com/200/200/any?t=2'],
    ['/lorempixel.com/200/200/cats/?x=1', '/lorempixel.com/200/200/cats/?x=2'],
    ['/source.unsplash.com/200x200/?cat', '/source.unsplash.com/200x200/?cat,milk'],
    ['/i.pravatar.cc/200?id=1', '/i.pravatar.cc/200?id=2'],
  ] as const;
  for (const pair of pairs) {
    const [one, other] = pair.map((target) => readTarget(target));
    t.not(JSON.stringify(one), JSON.stringify(other), pair[0]);
    t.match(one, { ignored: [] }, pair[0]);
  }
  t.match(readTarget('/picsum.photos/200?nature'), { ignored: ['nature'] });
});
