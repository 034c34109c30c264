// Builds the library's reference beside a server that already runs, without taking its machine.
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

/** Ends with this process; what it has to say about a failure goes to the terminal. */
export function buildDocsInBackground(root) {
  const child = spawn(process.execPath, [path.join(root, 'scripts/docs.mjs')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
  } catch {
    // Not every system lets a process be made less important; then it runs like any other.
  }
  const end = () => child.kill();
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}
