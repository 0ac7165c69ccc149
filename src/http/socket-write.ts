import { Socket, type SocketConstructorOpts } from 'node:net';

/** What Node keeps of a write that the system has not taken at once. */
interface WriteRequest {
  /** At least 0 from when Node keeps it. */
  readonly getAsyncId: () => number;
  handle: Handle;
  buffer: Buffer;
  oncomplete: (status: number) => void;
}

/** As far as writing past its stream needs to know a socket. */
interface Handle {
  readonly writeBuffer: (request: WriteRequest, bytes: Buffer) => number;
  /** Bytes that the system has not taken yet. */
  readonly writeQueueSize?: number;
}

/**
 * Looked up in a write to nowhere. Undefined where Node does without one for what the system takes at once, as Node 26
 * does, and on Windows, where no write ends at once.
 */
const Request = process.platform === 'win32' ? undefined : findRequest();

function findRequest(): (new () => WriteRequest) | undefined {
  let found: unknown;
  const nowhere = {
    getAsyncId: () => 0,
    readStart: () => 0,
    writeBuffer: (request: WriteRequest | null) => {
      found = request?.constructor;
      return 0;
    },
    close: () => {},
  };
  try {
    const example = new Socket({ handle: nowhere } as SocketConstructorOpts).on('error', () => {});
    example.write(Buffer.of(0));
    example.destroy();
  } catch {
    // A Node that asks more of a handle writes through the stream.
  }
  return typeof found === 'function' && found.name === 'WriteWrap'
    ? (found as new () => WriteRequest)
    : undefined;
}

/** Node had no use for it so far: it can be given to the next write. */
let spare: WriteRequest | undefined;

/**
 * As `socket.write`, past the stream where nothing waits in it and Node lets us: a twentieth more 304s. A 'drain' follows
 * where the connection takes no more, and an error ends it.
 * @returns whether it takes more
 */
export function writeBytes(socket: Socket, bytes: Buffer): boolean {
  const { _handle: handle } = socket as unknown as { readonly _handle?: Handle | null };
  if (!Request || handle?.writeQueueSize !== 0 || socket.writableLength > 0 || socket.writableEnded)
    return socket.write(bytes);
  spare ??= new Request();
  const request = spare;
  const error = handle.writeBuffer(request, bytes);
  // Not by what waits: by now that may have gone, and Node may not have said so yet.
  if (error === 0 && request.getAsyncId() < 0) return true;
  spare = undefined;
  if (error !== 0) {
    socket.destroy();
    return true;
  }
  request.handle = handle;
  request.buffer = bytes;
  request.oncomplete = (status) => void (status < 0 ? socket.destroy() : socket.emit('drain'));
  return false;
}
