import { GreyboxError } from '../../errors.ts';

/** Longest request target, in bytes: more than the 8,000 that RFC 9110, 4.1 asks for, less than {@link MAX_HEAD}. */
export const MAX_TARGET = 12_288;
/** Most bytes of a request line and header fields together. */
export const MAX_HEAD = 16_384;

/** `uri-host [ ":" port ]`, or nothing (RFC 9110, 7.2; RFC 3986, 3.2.2); checks only the characters. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

/** Whether a value is valid for the Host field (RFC 9110, 7.2). */
export const isAuthority = (host: string): boolean => HOST.test(host);

/** The parts of a request that decide whether it may be answered. */
export interface RequestHead {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly httpVersion: string;
  /** Alternating names and values, as sent. */
  readonly rawHeaders: readonly string[];
  /** Host may have been replaced by the authority of the target (RFC 9112, 3.2.2). */
  readonly headers: { readonly host?: string | undefined };
}

/** Bytes of a request line and header fields in their usual form. */
export function headSize({ url = '', rawHeaders }: RequestHead): number {
  // `GET ` and ` HTTP/1.1`, then `: ` and an end of line for each field.
  return rawHeaders.reduce((sum, text) => sum + text.length + 2, url.length + 17);
}

/** The values of a field, by its name in lower case. */
function valuesOf({ rawHeaders }: RequestHead, name: string): string[] {
  return rawHeaders.flatMap((field, i) =>
    i % 2 === 0 && field.length === name.length && field.toLowerCase() === name
      ? [rawHeaders[i + 1] as string]
      : [],
  );
}

/** Whether the length of a body is known: `chunked` is the last coding, and only that (RFC 9112, 6.1 and 6.3). */
function isFramed(transferEncoding: readonly string[]): boolean {
  if (transferEncoding.length === 0) return true;
  const codings = transferEncoding
    .join()
    .split(',')
    .map((coding) => coding.trim().toLowerCase());
  return codings.indexOf('chunked') === codings.length - 1;
}

export const headTooLarge = (): GreyboxError =>
  new GreyboxError(
    'headers-too-large',
    `the request line and all header fields of HTTP/1.1 must take at most ${MAX_HEAD} bytes`,
  );

/** @param length in bytes */
export const targetTooLong = (length: number | string): GreyboxError =>
  new GreyboxError('uri-too-long', `the URL must be at most ${MAX_TARGET} bytes long, got ${length}`);

/** The fault of a parsed request that no route should see; undefined if there is none. */
export function messageFault(request: RequestHead): GreyboxError | undefined {
  const { method, url = '', httpVersion, headers } = request;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') {
    const detail = `the request line must end in HTTP/1.1 or HTTP/1.0 (RFC 9112, 3), got HTTP/${httpVersion}`;
    return new GreyboxError('bad-request', detail);
  }
  if (url === '*' && method !== 'OPTIONS')
    return new GreyboxError('bad-request', 'only OPTIONS may ask for * (RFC 9112, 3.2.4)');
  if (url.length > MAX_TARGET) return targetTooLong(url.length);
  if (headSize(request) > MAX_HEAD) return headTooLarge();
  const hosts = valuesOf(request, 'host').length;
  const enough = hosts === 1 || (hosts === 0 && httpVersion === '1.0');
  if (!enough || !isAuthority(headers.host ?? '')) {
    const detail =
      'an HTTP/1.1 request must have one Host header, with a host and maybe a port (RFC 9112, 3.2)';
    return new GreyboxError('bad-request', detail);
  }
  if (isFramed(valuesOf(request, 'transfer-encoding'))) return undefined;
  const detail = 'the last Transfer-Encoding of an HTTP/1.1 request must be chunked, once (RFC 9112, 6.3)';
  return new GreyboxError('bad-request', detail);
}
