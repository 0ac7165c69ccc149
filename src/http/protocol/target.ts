import type { IncomingMessage } from 'node:http';
import { isIPv6, type Socket } from 'node:net';

/** The origin of a request target in absolute form (RFC 9112, 3.2.2). */
const ORIGIN = /^https?:\/\/([^/?]+)/i;

/** The first segment of a path, up to the length of any route's segment with every character escaped. */
const FIRST_SEGMENT = /^\/[^/?]{0,200}(?=[/?]|$)/;

/** Decodes escapes that are equivalent to the character itself (RFC 3986, 6.2.2.2); all others stay. */
function plainSegment(segment: string): string {
  return segment.replace(/%[2-7][0-9a-f]/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : triplet;
  });
}

/** A path that no router could decode (RFC 3986, 2.1) is taken literally: its percent signs are just percent signs. */
function decodable(path: string): string {
  try {
    decodeURIComponent(path);
    return path;
  } catch {
    return path.replaceAll('%', '%25');
  }
}

/**
 * A target as routes expect it: the first segment without needless escapes, and a decodable path. The rest stays as
 * sent.
 */
export function plainTarget(target: string): string {
  if (!target.includes('%')) return target;
  return target.replace(FIRST_SEGMENT, plainSegment).replace(/^[^?]*/, decodable);
}

/** A request target in origin form, and the requested authority: an absolute target has its own (RFC 9112, 3.2.2). */
export function readTarget(url: string, host = ''): { readonly target: string; readonly host: string } {
  const [origin = '', authority] = ORIGIN.exec(url) ?? [];
  if (authority === undefined) return { target: url, host };
  const target = url.slice(origin.length);
  return { target: target.startsWith('/') ? target : `/${target}`, host: authority };
}

/** Gives a request the target that routes expect. The authority of an absolute one overrides Host (RFC 9112, 3.2.2). */
export function routeTarget(raw: Pick<IncomingMessage, 'url' | 'headers'>): string {
  const { url = '/', headers } = raw;
  const { target, host } = readTarget(url, headers.host);
  if (target !== url) headers.host = host;
  return plainTarget(target);
}

/** A connection's local address as an authority: for a client that did not send a host. */
export function localAuthority({ localAddress = 'localhost', localPort }: Socket): string {
  return `${isIPv6(localAddress) ? `[${localAddress}]` : localAddress}:${localPort}`;
}
