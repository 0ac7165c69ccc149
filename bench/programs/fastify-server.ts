// Fastify as its documents show it: a route with a parameter that sends a body from memory.
import Fastify from 'fastify';
import { fetchHit } from '../lib/answer.ts';
import { announce } from '../lib/program.ts';

const [, , url = ''] = process.argv;
const answer = await fetchHit(url);
const headers = Object.fromEntries(
  answer.headers.flatMap((name, i) => (i % 2 === 0 ? [[name, answer.headers[i + 1] ?? '']] : [])),
);

const app = Fastify();
app.get('/image/:size', (_request, reply) => reply.headers(headers).send(answer.body));
await app.listen({ port: 0, host: '127.0.0.1' });
announce(app.server);
