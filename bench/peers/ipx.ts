// The npm package ipx, which resizes: it is given a picture of greybox' to make another size from.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { renderPlaceholder } from '../lib/greybox.ts';
import { announce } from '../lib/program.ts';
import { scratchFolder } from '../lib/scratch.ts';

const dir = scratchFolder();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
writeFileSync(join(dir, 'source.png'), (await renderPlaceholder({ width: 1200, height: 800 })).body);

const { createIPX, createIPXNodeServer, ipxFSStorage } = await import('ipx' as string);
const server = createServer(createIPXNodeServer(createIPX({ storage: ipxFSStorage({ dir }) })));
server.listen(0, '127.0.0.1', () => announce(server));
