import t from 'tap';
import { readWrk } from '../../bench/lib/wrk.ts';

const printed = (more = ''): string => `Running 1s test @ http://127.0.0.1:8080/image/600x400
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   331.06us  120.35us   4.41ms   92.10%
    Req/Sec   175.31k     4.10k  180.01k    90.91%
  192820 requests in 1.10s, 679.46MB read
${more}Requests/sec: 175290.90
Transfer/sec:    617.69MB
`;

t.test('the time is what wrk took, not what it was told to take', async (t) => {
  const { requests, seconds } = readWrk(printed());
  t.equal(requests, 192_820);
  t.match(seconds.toFixed(2), '1.10');
});

t.test('a load with errors has no figure', async (t) => {
  t.throws(() => readWrk(printed('  Non-2xx or 3xx responses: 12\n')), /load failed/);
  t.throws(() => readWrk(printed('  Socket errors: connect 0, read 3, write 0, timeout 0\n')), /load failed/);
  t.throws(() => readWrk('no such program'), /printed no/);
});
