import t from 'tap';
import { Replies, type Reply } from '../../../../src/cache/stores/memcached/replies.ts';

/** What comes of a stream that is cut into pieces of so many bytes. */
function read(stream: Buffer, size: number, bounds: number[]): Reply[] {
  const replies: Reply[] = [];
  const reader = new Replies(() => bounds[replies.length] ?? 10);
  for (let at = 0; at < stream.length; at += size)
    reader.add(stream.subarray(at, at + size), (reply) => void replies.push(reply));
  return replies;
}

t.test('answers are cut out of any pieces, and values that are too long are left out', async (t) => {
  const stream = Buffer.from(
    'HD\r\nVA 5 f1\r\na\r\nb\0\r\nVA 30 f2\r\n'.concat(
      'VA 1\r\n'.repeat(5),
      '\r\nEN\r\nVA 0\r\n\r\nVA 2\r\nok\r\n',
    ),
  );
  for (let size = 1; size <= stream.length; size += 1) {
    const replies = read(stream, size, [0, 5, 29, 0, 0, 2]);
    t.same(
      replies.map(({ line, body, isTooLong }) => [line, body?.toString(), isTooLong]),
      [
        ['HD', undefined, false],
        ['VA 5 f1', 'a\r\nb\0', false],
        ['VA 30 f2', undefined, true],
        ['EN', undefined, false],
        ['VA 0', '', false],
        ['VA 2', 'ok', false],
      ],
      `pieces of ${size}`,
    );
  }
});

t.test('nothing of a value of 100 MB is kept', async (t) => {
  const replies: Reply[] = [];
  const reader = new Replies(() => 1000);
  const before = process.memoryUsage().arrayBuffers;
  const piece = Buffer.alloc(100_000, 'a');
  let most = 0;
  reader.add(Buffer.from('VA 100000000 f1\r\n'), (reply) => void replies.push(reply));
  for (let at = 0; at < 1000; at += 1) {
    reader.add(piece, (reply) => void replies.push(reply));
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  reader.add(Buffer.from('\r\n'), (reply) => void replies.push(reply));
  t.strictSame(replies, [{ line: 'VA 100000000 f1', body: undefined, isTooLong: true }]);
  t.ok(most < 2_000_000, `${most} bytes at most`);
});

t.test('other protocols are reported at once', async (t) => {
  const reader = new Replies(() => 10);
  t.throws(() => reader.add(Buffer.alloc(3000, 'x'), () => {}), { message: /not memcached/ });
});
