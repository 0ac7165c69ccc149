import t from 'tap';
import { keyOf, mountOf, pictureOf, readTarget, SERVICES } from './read.ts';

/** What services draw where a URL does not say: a target, and the cache key of what it means. */
const DRAWN: readonly (readonly [target: string, key: string])[] = [
  ['/via.placeholder.com/350x150', '350.150.png?fg=969696&text=350 x 150'],
  ['/placehold.it/300&text=No+image', '300.300.png?fg=969696&text=No image'],
  ['/via.placeholder.com/150x240/jpeg/EEE/888', '150.240.jpeg?bg=eeeeee&fg=888888&text=150 x 240'],
  ['/via.placeholder.com/150/61a65', '150.150.png?bg=061a65&fg=969696&text=150 x 150'],
  ['/placehold.co/600x400', '600.400.svg?bg=dddddd&fg=999999&font=lato'],
  ['/placehold.co/600x400@2x.PNG', '1200.800.png?bg=dddddd&fg=999999&font=lato&scale=2'],
  ['/placehold.co/400/orange/white?text=a%5Cnb', '400.400.svg?bg=ffa500&fg=ffffff&font=lato&text=a\nb'],
  ['/placehold.co/600x400/webp?font=Roboto', '600.400.webp?bg=dddddd&fg=999999&font=roboto&weight=700'],
  ['/dummyimage.com/600x400', '600.400.png?fg=000000'],
  ['/dummyimage.com/leadbrd', '728.90.png?fg=000000'],
  ['/dummyimage.com/640x4:3', '640.480.png?fg=000000'],
  ['/dummyimage.com/16:9x1080', '1920.1080.png?fg=000000'],
  ['/dummyimage.com/300.png/9/9f&text=0', '300.300.png?bg=999999&fg=9f9f9f&text=0'],
  ['/dummyimage.com/300/fff/000.gif&text=a|b', '300.300.gif?bg=ffffff&fg=000000&text=a\nb'],
  ['/fakeimg.pl/300/', '300.300.png?fg=909090&font=oswald&text=300 x 300&weight=400'],
  [
    '/fakeimg.pl/350x200/ff0000,128/000,255/',
    '350.200.png?bg=ff000080&fg=000000&font=oswald&text=350 x 200&weight=400',
  ],
  ['/fakeimg.ryd.tools/300/?retina=0', '600.600.png?fg=909090&font=oswald&scale=2&text=300 x 300&weight=400'],
  ['/placehold.jp/24/cc9999/993333/150x100.png', '150.100.png?bg=cc9999&fg=993333&size=24&text=150x100'],
  ['/placeholder.pics/svg/300', '300.300.svg?bg=dedede&fg=555555&text=300×300'],
  ['/placeholder.pics/svg/300/392FFF-FF7E93/FFFFFF/Hi', '300.300.svg?bg=392fff-ff7e93&text=Hi'],
  ['/fpoimg.com/4x4', '10.10.png?bg=c7c7c7&fg=8f8f8f&text=10×10'],
  ['/fpoimg.com/300x250?text=Ad', '300.250.png?bg=c7c7c7&fg=8f8f8f&text=300×250\nAd'],
  ['/dummyjson.com/image/200x100/282828', '200.100.png?bg=282828&fg=ffffff&text=200 x 100'],
  ['/images.placeholders.dev/', '300.150.svg?bg=dddddd&fg=00000080&text=300×150&weight=700'],
  ['/placeholdit.imgix.net/~text?txtsize=33&txt=A&w=350&h=150', '350.150.png?fg=969696&size=33&text=A'],
  ['/holder.js/300x200', '300.200.svg?bg=eeeeee&fg=aaaaaa&text=300x200&weight=700'],
  ['/?holder.js/300x200?bg=000', '300.200.svg?bg=000000&fg=aaaaaa&text=300x200&weight=700'],
  ['/holder.js/300x200?theme=sky&bg=000', '300.200.svg?bg=0d8fdb&text=300x200&weight=700'],
  ['/holder.js/200x100/%23111:%23fff/text:Hi', '200.100.svg?bg=111111&fg=ffffff&text=Hi&weight=700'],
  ['/api/placeholder/400/300', '400.300.svg?fg=666666'],
  ['/placeholder.svg?height=333&width=428', '428.333.svg?fg=666666'],
  ['/ui-avatars.com/api/', '64.64.png?bg=dddddd&fg=222222&font=open-sans&size=28&text=JD&weight=400'],
  [
    '/ui-avatars.com/api/?name=a+b-c&length=1&size=9',
    '16.16.png?bg=dddddd&fg=222222&font=open-sans&size=7&text=A&weight=400',
  ],
  [
    '/ui-avatars.com/api/?name=&background=ddd',
    '64.64.png?bg=dddddd&fg=222222&font=open-sans&size=28&text=&weight=400',
  ],
  [
    '/api.dicebear.com/7.x/initials/svg?seed=CV&backgroundColor=006039',
    '128.128.svg?bg=006039&fg=ffffff&size=64&text=CV&weight=400',
  ],
];

t.test('each service keeps its own defaults', async (t) => {
  for (const [target, key] of DRAWN) t.equal(keyOf(target), key, target);
});

t.test('a size over our bounds is drawn smaller, and its label names what was asked for', async (t) => {
  const { width, height, text } = pictureOf('/via.placeholder.com/4000x1000');
  t.strictSame({ width, height, text }, { width: 2000, height: 500, text: '4000 x 1000' });
});

t.test("a size over a service's own bounds is refused, with its forms", async (t) => {
  t.throws(
    () => readTarget('/placehold.co/4001x10'),
    /from 10 to 4000, got 4001; URLs of placehold\.co are /,
  );
  t.throws(() => readTarget('/dummyimage.com/9000x9000'), /at most 33177600 pixels/);
});

t.test('every example of every service is read', async (t) => {
  for (const service of SERVICES)
    for (const example of service.examples)
      t.ok(readTarget(mountOf(service) + example), mountOf(service) + example);
});

t.test('no host belongs to two services', async (t) => {
  const hosts = SERVICES.flatMap((dialect) => dialect.hosts);
  t.equal(new Set(hosts).size, hosts.length);
});

t.test('data comes in the form of its service, with URLs of ours', async (t) => {
  const list = readTarget('/picsum.photos/v2/list?page=2&limit=5');
  if (list.kind !== 'data') throw new Error('a list is data');
  const photos = JSON.parse(list.body);
  t.equal(photos.length, 5);
  t.match(photos[0], { id: '5', download_url: /^http:\/\/localhost\/picsum\.photos\/id\/5\/\d+\/\d+$/ });
  t.match(list.fields?.['link'], /<[^>]*page=1&limit=5>; rel="prev", <[^>]*page=3&limit=5>; rel="next"/);
  const flickr = readTarget('/loremflickr.com/json/g/320/240/cat/all');
  t.match(flickr.kind === 'data' && JSON.parse(flickr.body), {
    width: 320,
    filter: 'gray',
    tags: 'cat',
    tagMode: 'all',
  });
});

t.test('one URL is one photograph, and two ids are two', async (t) => {
  const seeds = [
    '/200/300',
    '/id/1/200/300',
    '/id/2/200/300',
    '/seed/a/200/300',
    '/200/300?random=1',
    '/g/200/300',
  ].map((path) => JSON.stringify(readTarget(`/picsum.photos${path}`)));
  t.equal(new Set(seeds).size, seeds.length);
});
