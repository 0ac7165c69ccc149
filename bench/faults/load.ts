import { Agent, get } from 'node:http';
import type { Format } from '../../src/formats.ts';
import { isImage } from '../../src/image-header.ts';

/** One request as its client saw it. */
export interface Sample {
  /** From the call to the last byte, ms. */
  readonly ms: number;
  /** 0 where there was no answer. */
  readonly status: number;
  /** The shared tier's part of `Cache-Status` (RFC 9211); empty for a hit in memory. */
  readonly shared: string;
  /** Whether the body is the picture that was asked for, whole. */
  readonly right: boolean;
}

/** Clients at a time, each sending its next request when it has its answer. */
const CLIENTS = 6;

/** Reads the size and the format from a path of this file's making. */
function promised(url: string): [Format, number, number] {
  const [, width, height, format] = /(\d+)x(\d+)\.(\w+)/.exec(url) ?? [];
  return [format as Format, Number(width), Number(height)];
}

/** One GET, which never rejects. */
export function request(url: string, agent?: Agent): Promise<Sample> {
  const started = performance.now();
  return new Promise((resolve) => {
    const end = (status: number, shared: string, body: Buffer): void =>
      resolve({ ms: performance.now() - started, status, shared, right: isImage(body, ...promised(url)) });
    const failed = (): void => end(0, '', Buffer.alloc(0));
    const outgoing = get(url, { agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () => {
        const caches = String(response.headers['cache-status'] ?? '').split(', ');
        const shared = caches.find((member) => member.startsWith('greybox-redis')) ?? '';
        end(response.complete ? (response.statusCode ?? 0) : 0, shared, Buffer.concat(chunks));
      });
    });
    outgoing.on('error', failed);
  });
}

/** A load that goes on until it is stopped. */
export interface Load {
  /** All requests that have ended since the last call. */
  take(): Sample[];
  /** Waits for the requests under way. */
  stop(): Promise<void>;
}

/** A picture that is cheap to draw, and its cache key. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly path: string;
  readonly key: string;
}

let asked = 0;

/** A picture of the row that {@link coldPicture} goes through. */
function picture(index: number): Picture {
  const [width, height] = [1 + (index % 2000), 1 + Math.floor(index / 2000)];
  return {
    width,
    height,
    path: `/image/${width}x${height}.svg?text=`,
    key: `${width}.${height}.svg?text=`,
  };
}

/** A picture that nobody asked for before. */
export function coldPicture(): Picture {
  asked += 1;
  return picture(asked);
}

/** The pictures that {@link coldPicture} will give next. */
export function nextPictures(count: number): Picture[] {
  return Array.from({ length: count }, (_, index) => picture(asked + 1 + index));
}

const HOT = '/image/600x400.png';

/**
 * Real clients on connections that they keep: every third request is for what memory has, the others for what is cold.
 * @param cold the path of a picture that nobody asked for before
 */
export function startLoad(origin: string, cold = (): string => coldPicture().path): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  let samples: Sample[] = [];
  let going = true;
  const client = async (): Promise<void> => {
    for (let turn = 0; going; turn += 1) {
      samples.push(await request(origin + (turn % 3 === 0 ? HOT : cold()), agent));
      // As many as a page would ask for, and not as many as the machine can draw: waiting for it is not Redis' doing.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const clients = Array.from({ length: CLIENTS }, client);
  return {
    take() {
      const taken = samples;
      samples = [];
      return taken;
    },
    async stop() {
      going = false;
      await Promise.all(clients);
      agent.destroy();
    },
  };
}
