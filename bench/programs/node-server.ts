// node:http and nothing else, sending what another server sent: the most that a server on this runtime can reach.
import { createServer } from 'node:http';
import { fetchHit } from '../lib/answer.ts';
import { announce } from '../lib/program.ts';

const [, , url = ''] = process.argv;
const { headers, body } = await fetchHit(url);
const raw = [...headers];

const server = createServer((_request, response) => {
  response.writeHead(200, raw);
  response.end(body);
});
server.listen(0, '127.0.0.1', () => announce(server));
