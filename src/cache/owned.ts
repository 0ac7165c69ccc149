/**
 * Bytes in memory of just their size. A slice would keep the pool or read buffer that it was cut from alive, and an
 * encoder's output may lie in many times the memory that it is told to have.
 */
export function owned(body: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(body.length);
  body.copy(copy);
  return copy;
}

/** As {@link owned}, for text of one byte per character: a substring would keep the whole string alive. */
export function ownedText(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
