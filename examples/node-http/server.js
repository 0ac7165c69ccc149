import { createServer } from 'node:http';
import { createGreybox } from 'greybox';

const greybox = createGreybox();
const server = createServer(greybox.node);
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
