/**
 * Ends the process with SIGKILL if it exits while calls hang in its threads: Node waits for its threads, and these
 * never end. Nothing else would end it, not even a second signal.
 * @param isHung called when the process exits
 */
export function endDespiteHang(isHung: () => boolean): void {
  process.once('exit', () => {
    if (isHung()) process.kill(process.pid, 'SIGKILL');
  });
}
