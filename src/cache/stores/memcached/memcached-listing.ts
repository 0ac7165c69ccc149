import { connect } from 'node:net';
import { unreferencedTimer, within } from '../../time-limit.ts';

/**
 * The lines that memcached sends before `END`. Uses a separate connection, so that other answers need not wait.
 * @param limit how long that may take, in ms
 * @throws Error (as a rejection) without an `END` in time, or if the server does not support the command
 */
export async function listing(
  address: { readonly host: string; readonly port: number },
  command: string,
  limit: number,
): Promise<string> {
  const socket = connect(address);
  const read = async (): Promise<string> => {
    let text = '';
    socket.write(`${command}\r\n`);
    for await (const piece of socket.setEncoding('latin1')) {
      text += piece;
      if (/(?:^|\n)END\r?\n$/.test(text.slice(-6))) return text;
      if (/^(?:ERROR|CLIENT_ERROR|SERVER_ERROR|BUSY)\b/.test(text)) break;
    }
    throw new Error(`memcached does not do ${command}: ${text.slice(0, 100)}`);
  };
  try {
    return await within(read(), limit, () => new Error(`${command} took too long`), unreferencedTimer);
  } finally {
    socket.destroy();
  }
}
