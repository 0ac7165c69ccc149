/**
 * Bytes in memory of just their size. A slice would keep the pool or read buffer that it was cut from alive, and an
 * encoder's output may lie in many times the memory that it is told to have.
 */
export function owned(body: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(body.length);
  body.copy(copy);
  return copy;
}

/** As {@link owned}, for text that is one byte a character: a piece of a longer one keeps all of that. */
export function ownedText(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
