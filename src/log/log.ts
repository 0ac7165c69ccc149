import { type Logger, pino } from 'pino';
import { prettyFormat } from './pretty.ts';
import { type LogSettings, safeLogger } from './safe.ts';
import { LogSink } from './sink.ts';

/**
 * Makes the log of a process, without secrets: readable lines on a terminal, lines of JSON elsewhere, both on stdout.
 * Lines that cannot be written are dropped and counted.
 */
export function createLog(settings: LogSettings): Logger {
  const { stdout } = process;
  const sink = new LogSink(stdout.isTTY ? prettyFormat(stdout.hasColors()) : (line) => line);
  const log = pino(safeLogger(settings), sink);
  sink.onLost = (lines) =>
    log.warn(`${lines} lines of this log were lost: its reader was too slow, or its disk full`);
  return log;
}
