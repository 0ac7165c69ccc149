/** Where greybox says what happens to it: pino, the logger of Fastify, or `console`. */
export interface Log {
  info(message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}
