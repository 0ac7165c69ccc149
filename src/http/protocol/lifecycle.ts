/** The lifecycle of a process; changed by the code that listens and drains. */
export interface Lifecycle {
  phase: 'starting' | 'ready' | 'draining';
}
