import { Socket, type SocketConstructorOpts } from 'node:net';

/** What a connection's bytes are read into, one read at a time: as much as Node reads at once. */
const shared = Buffer.allocUnsafeSlow(65_536);
/** Its first so many bytes, by how many: most requests are short, and of few lengths. */
const views: Buffer[] = [];
/** Longest of these, in bytes. */
const MAX_VIEW = 2048;

function firstBytes(length: number): Buffer {
  if (length > MAX_VIEW) return shared.subarray(0, length);
  views[length] ??= shared.subarray(0, length);
  return views[length];
}

/**
 * Where a socket keeps the buffer and the callback of `onread` (net.Socket), which spares it a buffer of 64 kB and a turn
 * through its stream for every read. Sockets that a server accepts cannot be given that option, so the two places are
 * looked up in one that has it. Undefined where Node has no such places, and on Windows, which may read before it is asked.
 */
const onread = process.platform === 'win32' ? undefined : findOnread();

/** As far as reading into one buffer needs to know a socket. */
interface Readable {
  _handle?: { useUserBuffer?: (buffer: Buffer) => void };
  [place: symbol]: unknown;
}

function findOnread(): { readonly buffer: symbol; readonly callback: symbol } | undefined {
  const callback = (): boolean => true;
  // Unknown to the types of a socket that connects later.
  const example = new Socket({ onread: { buffer: shared, callback } } as SocketConstructorOpts);
  const placeOf = (value: unknown): symbol | undefined =>
    Object.getOwnPropertySymbols(example).find((place) => Reflect.get(example, place) === value);
  const places = { buffer: placeOf(shared), callback: placeOf(callback) };
  example.destroy();
  return places.buffer && places.callback ? { buffer: places.buffer, callback: places.callback } : undefined;
}

/**
 * Gives `take` the bytes of a socket that a server has just accepted, as they come, past its stream where that can be
 * done. They are `take`'s for the length of the call only: the next read writes over them.
 * @returns a function that leaves all that comes from then on to the socket's stream
 */
export function takeBytes(socket: Socket, take: (bytes: Buffer) => void): () => void {
  const { _handle: handle } = socket as unknown as Readable;
  if (!onread || !handle?.useUserBuffer) {
    socket.on('data', take);
    return () => void socket.removeListener('data', take);
  }
  let isTaken = true;
  const read = (length: number): boolean => {
    const view = firstBytes(length);
    if (!isTaken) return socket.push(Buffer.from(view));
    take(view);
    return true;
  };
  Object.assign(socket, { [onread.buffer]: shared, [onread.callback]: read });
  handle.useUserBuffer(shared);
  socket.resume();
  return () => {
    isTaken = false;
  };
}
