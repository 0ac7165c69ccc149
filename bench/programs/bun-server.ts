// Bun's own server with one static route, sending what another server sent. Bun runs this, not Node.
import { fetchHit, type Headers, headersByName } from '../lib/answer.ts';

/** As much of Bun as this needs: https://bun.com/docs/runtime/http/server */
declare const Bun: {
  serve(options: { hostname: string; port: number; routes: Readonly<Record<string, Response>> }): {
    readonly url: URL;
  };
};

const [, , url = '', requestHeaders = '{}'] = process.argv;
const answer = await fetchHit(url, JSON.parse(requestHeaders) as Headers);
const { 'content-length': _length, ...headers } = headersByName(answer);
const route = new Response(answer.body, { headers });
const { origin } = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  routes: { [new URL(url).pathname]: route },
}).url;
console.log(`listening at ${origin}`);
