/**
 * The bytes in a buffer of exactly their size. A slice would keep alive the pool or read buffer that it was cut from,
 * and an encoder's output may occupy many times the memory that its length suggests.
 */
export function owned(body: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(body.length);
  body.copy(copy);
  return copy;
}

/** Like {@link owned}, for text with one byte per character: a substring would keep the whole string alive. */
export function ownedText(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
