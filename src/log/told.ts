/** Where greybox reports events: pino, Fastify's logger, or `console`. */
export interface Log {
  info(message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}
