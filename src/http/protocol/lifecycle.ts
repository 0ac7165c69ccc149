/** Where a process is in its life; it is changed by whoever listens and drains. */
export interface Lifecycle {
  phase: 'starting' | 'ready' | 'draining';
}
