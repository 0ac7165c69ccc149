import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer } from './answer.ts';
import { scratchFolder } from './scratch.ts';
import { type Server, startServer } from './servers.ts';
import { PATH } from './tools.ts';

const SOURCE = fileURLToPath(new URL('../programs/floor.c', import.meta.url));

/** Compiles the floor. @throws where it does not compile */
function compile(folder: string): string {
  const program = join(folder, 'floor');
  const args = ['-O2', '-Wall', '-Werror', '-o', program, SOURCE];
  const { status, stderr } = spawnSync('cc', args, { encoding: 'utf8', env: { PATH } });
  if (status !== 0) throw new Error(`the floor does not compile:\n${stderr}`);
  return program;
}

/** A whole answer as node:http sends it on a connection that stays open. */
function bytesOf({ status, headers, body }: Answer): Buffer {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  lines.push(`Date: ${new Date().toUTCString()}`, 'Connection: keep-alive', 'Keep-Alive: timeout=72');
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** A bare loop in C that sends an answer's bytes to whoever sends anything. */
export function startFloor(answer: Answer): Promise<Server> {
  const folder = scratchFolder();
  const file = join(folder, 'answer');
  writeFileSync(file, bytesOf(answer));
  return startServer([compile(folder), file]);
}
