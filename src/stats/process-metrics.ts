import { VERSION } from '../package-root.ts';
import type { Family } from './family.ts';
import type { Report } from './report.ts';

/** A gauge with one sample. */
const gauge = (help: string, value: (report: Report) => number): Family => ({
  kind: 'gauge',
  help,
  read: (report) => [[{}, value(report)]],
});

const DELAY = 'How late the event loop was over the last 15 s; of several workers the worst';

/** Process metrics, named as in Prometheus' client libraries. */
export const PROCESS_FAMILIES: Readonly<Record<string, Family>> = {
  greybox_build_info: {
    kind: 'gauge',
    help: 'Always 1; the labels name the version of greybox and that of Node',
    read: () => [[{ version: VERSION, node: process.version }, 1]],
  },
  greybox_connections: gauge(
    'Open connections of clients; of all workers together',
    ({ holdings }) => holdings.process.connections,
  ),
  greybox_workers: gauge('Processes that serve', ({ holdings }) => holdings.workers),
  process_start_time_seconds: gauge(
    'When the process began, in seconds since 1970; of several workers the earliest',
    ({ startTime }) => startTime,
  ),
  process_resident_memory_bytes: gauge(
    'Memory in RAM; of all workers together, without their primary',
    ({ holdings }) => holdings.process.resident,
  ),
  process_cpu_seconds_total: {
    kind: 'counter',
    help: 'Processor time, user and system; of all workers together, without their primary',
    read: ({ counts }) => [[{}, counts.processor.user + counts.processor.system]],
  },
  nodejs_heap_size_used_bytes: gauge(
    "V8's heap in use; of all workers together",
    ({ holdings }) => holdings.process.heapUsed,
  ),
  nodejs_heap_size_total_bytes: gauge(
    "V8's heap; of all workers together",
    ({ holdings }) => holdings.process.heapTotal,
  ),
  nodejs_eventloop_lag_seconds: gauge(`${DELAY}: mean`, ({ loopDelay }) => loopDelay.mean),
  nodejs_eventloop_lag_p50_seconds: gauge(`${DELAY}: median`, ({ loopDelay }) => loopDelay.p50),
  nodejs_eventloop_lag_p99_seconds: gauge(`${DELAY}: 99th percentile`, ({ loopDelay }) => loopDelay.p99),
  nodejs_eventloop_lag_max_seconds: gauge(`${DELAY}: longest`, ({ loopDelay }) => loopDelay.max),
};
