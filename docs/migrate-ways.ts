import { SERVICES } from '../test/dialects/read.ts';

/** The services that examples name. */
const FEW = ['via.placeholder.com', 'placehold.co', 'picsum.photos'];

/** Those that pages name most, as a regular expression. */
const PREFIXED = [
  ...FEW,
  'placehold.it',
  'dummyimage.com',
  'fakeimg.pl',
  'placekitten.com',
  'source.unsplash.com',
  'loremflickr.com',
  'ui-avatars.com',
  'api.dicebear.com',
  'i.pravatar.cc',
]
  .map((host) => host.replaceAll('.', '\\.'))
  .join('|');

const CADDY = `${FEW.join(', ')} {
  tls internal
  reverse_proxy 127.0.0.1:3000
}`;

const NGINX = `server {
  listen 443 ssl;
  server_name ${FEW.join(' ')};
  ssl_certificate     placeholders.pem;
  ssl_certificate_key placeholders-key.pem;
  location / {
    proxy_pass http://127.0.0.1:3000;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Proto $scheme;
  }
}`;

const NEXT = `export default {
  rewrites: async () => [
    { source: '/api/placeholder/:path*', destination: 'http://localhost:3000/api/placeholder/:path*' },
    { source: '/placeholder.svg', destination: 'http://localhost:3000/placeholder.svg' },
  ],
};`;

const VITE = `export default {
  server: {
    proxy: { '/api/placeholder': 'http://localhost:3000', '/placeholder.svg': 'http://localhost:3000' },
  },
};`;

/** Every name of every service, one service a line. */
const hostsLines = (): string =>
  SERVICES.filter(({ hosts }) => hosts.length > 0)
    .map(({ hosts }) => `127.0.0.1 ${hosts.join(' ')}`)
    .join('\n');

/** How to have old URLs answered: by prefix, by host, in frameworks. */
export const waysSection = (): string => `## By prefix

Put your greybox in the place of \`https://\`, and the whole old URL behind it:

\`\`\`sh
grep -rlE '${PREFIXED}' src | xargs sed -i -E 's#https?://(www\\.)?(${PREFIXED})/#https://img.example/\\2/#g'
\`\`\`

The expression has the services that pages name most; the table below has all names that may stand there.

## By host

### On one machine

In \`/etc/hosts\`, as many of these as you need, and with \`www.\` before them where your pages have that:

\`\`\`hosts
${hostsLines()}
\`\`\`

greybox listens on port 3000 by default; a browser asks port 80 for \`http\` and 443 for \`https\`. Nearly all pages say
\`https\`, and browsers ask for names that end in \`.dev\` or \`.app\` in no other way. So put a server with a certificate before
it, and start greybox with \`TRUST_PROXY=127.0.0.1\`: the URLs in its lists then say \`https\` too.

[Caddy](https://caddyserver.com) makes a certificate and has the machine trust it:

\`\`\`caddyfile
${CADDY}
\`\`\`

nginx needs one of yours. \`mkcert -install && mkcert -cert-file placeholders.pem -key-file placeholders-key.pem ${FEW.join(' ')}\`
makes one that browsers on this machine trust; so does openssl, for tools that are told to trust it (\`curl --cacert\`,
\`NODE_EXTRA_CA_CERTS\`):

\`\`\`sh
openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=placeholders \\
  -addext subjectAltName=${FEW.map((host) => `DNS:${host}`).join()} \\
  -keyout placeholders-key.pem -out placeholders.pem
\`\`\`

\`\`\`nginx
${NGINX}
\`\`\`

### In one browser

No name of the machine changes; \`http\` URLs need nothing else, and \`https\` ones a server as above on port 443:

\`\`\`sh
chromium --host-resolver-rules="MAP picsum.photos 127.0.0.1:3000, MAP via.placeholder.com 127.0.0.1:3000"
\`\`\`

### In tests

Playwright answers every host of the table from memory, offline: \`interceptPlaceholders\`, see [embed.md](embed.md).

## In frameworks

What coding tools write is relative, and reaches greybox through the development server. In Next.js, \`next.config.mjs\`:

\`\`\`js
${NEXT}
\`\`\`

In Vite, \`vite.config.js\`; or take the plugin \`greybox/vite\`, which needs no server beside it:

\`\`\`js
${VITE}
\`\`\`

| you have | do |
|---|---|
| @nuxt/image | \`image: { picsum: { baseURL: 'http://localhost:3000/picsum.photos' } }\` in \`nuxt.config.ts\` |
| @faker-js/faker | \`faker.image.url().replace('https://', 'http://localhost:3000/')\` |
| FakerPHP | \`str_replace('https://', 'http://localhost:3000/', $faker->imageUrl(640, 480))\` |
| faker-ruby | \`Faker::LoremFlickr.image.sub('https://', 'http://localhost:3000/')\` |
| Python Faker | \`fake.image_url(placeholder_url='http://localhost:3000/picsum.photos/{width}/{height}')\` |
| Bogus | \`f.Image.PicsumUrl().Replace("https://", "http://localhost:3000/")\` |

All URLs that the newest @faker-js/faker and the two before it write are answered: \`npm run faker\` asks for a thousand of each
of their methods.`;
