// The least that serving from Redis takes: node:http, and ioredis' getBuffer for each request.
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { fetchHit } from '../lib/answer.ts';
import { announce } from '../lib/program.ts';

const [, , url = '', key = '', redis = ''] = process.argv;
const { headers } = await fetchHit(url);
const raw = [...headers];
const client = new Redis(redis);

const server = createServer(async (_request, response) => {
  const body = await client.getBuffer(key);
  response.writeHead(200, raw);
  response.end(body);
});
server.listen(0, '127.0.0.1', () => announce(server));
