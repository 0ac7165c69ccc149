import { once } from 'node:events';
import { createServer } from 'node:http';
import { defineConfig } from 'cypress';
import { createGreybox } from 'greybox';

export default defineConfig({
  e2e: {
    async setupNodeEvents(_on, config) {
      const server = createServer(createGreybox().node).listen(0, '127.0.0.1');
      await once(server, 'listening');
      config.env.greybox = `http://127.0.0.1:${server.address().port}`;
      return config;
    },
  },
});
