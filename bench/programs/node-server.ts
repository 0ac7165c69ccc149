// node:http and nothing else, sending what another server sent: the most that a server on this runtime can reach.
import { createServer } from 'node:http';
import { fetchHit, type Headers } from '../lib/answer.ts';
import { announce } from '../lib/program.ts';

const [, , url = '', requestHeaders = '{}'] = process.argv;
const { status, headers, body } = await fetchHit(url, JSON.parse(requestHeaders) as Headers);
const raw = [...headers];

const server = createServer((_request, response) => {
  response.writeHead(status, raw);
  response.end(body);
});
server.listen(0, '127.0.0.1', () => announce(server));
