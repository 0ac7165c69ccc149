import express from 'express';
import { createGreybox } from 'greybox';

const greybox = createGreybox();
const app = express();
app.use('/placeholders', greybox.node);
app.get('/', (_request, response) => response.send('<img src="/placeholders/image/600x400" alt="">'));
const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
