/**
 * Has the process end by SIGKILL where it exits while calls hang in its threads: Node waits for its threads before it
 * ends, and these never do. Nothing else ends it then, not even a second signal.
 * @param isHung asked when the process exits
 */
export function endDespiteHang(isHung: () => boolean): void {
  process.once('exit', () => {
    if (isHung()) process.kill(process.pid, 'SIGKILL');
  });
}
