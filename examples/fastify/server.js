import Fastify from 'fastify';
import greybox from 'greybox/fastify';

const app = Fastify();
app.register(greybox, { prefix: '/placeholders' });
console.log(await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' }));
