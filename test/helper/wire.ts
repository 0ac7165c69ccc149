import { once } from 'node:events';
import { connect } from 'node:net';

/** An answer as it is on the wire. */
export interface WireAnswer {
  readonly status: number;
  /** The status line and header fields. */
  readonly head: string;
  /** Field values under names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends bytes and reads until the server closes; both are latin1, so that a character is a byte. */
export async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => {
    answer += text;
  });
  socket.write(bytes, 'latin1');
  await once(socket, 'end');
  return answer;
}

/** Takes the first of several answers apart; what follows its head counts as its body. */
export function parseAnswer(answer: string): WireAnswer {
  const end = answer.indexOf('\r\n\r\n');
  const head = answer.slice(0, end);
  const fields = head
    .split('\r\n')
    .slice(1)
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.replace(/^[^:]*: */, '')] as const);
  return { status: Number(head.slice(9, 12)), head, headers: new Map(fields), body: answer.slice(end + 4) };
}
