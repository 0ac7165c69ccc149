import { serve } from '@hono/node-server';
import { createGreybox } from 'greybox';
import { Hono } from 'hono';

const greybox = createGreybox();
const app = new Hono();
app.mount('/placeholders', greybox.fetch);
app.get('/', (context) => context.html('<img src="/placeholders/image/600x400" alt="">'));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});
