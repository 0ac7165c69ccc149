import t from 'tap';
import { problemOf, testApp } from '../helper/app.ts';

t.test('beyond the queue: 503 at once, while hits go on', async (t) => {
  const app = await testApp(t, { RENDER_CONCURRENCY: '1', RENDER_QUEUE: '1' });
  await app.inject('/image/60x40');
  const ended: string[] = [];
  const ask = async (url: string) => {
    const response = await app.inject(url);
    ended.push(url);
    return response;
  };
  const [drawn, queued, refused, hit, same] = await Promise.all([
    ask('/image/2000x2000.webp'),
    ask('/image/2000x1999.webp'),
    ask('/image/2000x1998.webp'),
    ask('/image/60x40'),
    ask('/image/2000x2000.webp?v=1'),
  ]);
  t.same([drawn.statusCode, queued.statusCode], [200, 200]);
  t.equal(refused.statusCode, 503);
  t.equal(refused.headers['retry-after'], '1');
  t.match(problemOf(t, refused, '/image/2000x1998.webp'), {
    code: 'overloaded',
    detail: /\b1 pictures? .*try again/,
  });
  t.same([hit.statusCode, hit.headers['x-cache']], [200, 'hit-memory']);
  t.same(
    [same.statusCode, same.headers.etag],
    [200, drawn.headers.etag],
    'a waiter takes no place in the queue',
  );
  t.same(new Set(ended.slice(0, 2)), new Set(['/image/2000x1998.webp', '/image/60x40']), 'neither waited');

  const again = await app.inject('/image/2000x1998.webp');
  t.equal(again.statusCode, 200, 'a refusal is not remembered');
});
