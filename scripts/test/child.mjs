// Runs one tool with its output streaming, and leaves nothing of it behind.
import { spawn } from 'node:child_process';

const POSIX = process.platform !== 'win32';

/** Ends a child with all it started in its process group. */
function endGroup(child, signal) {
  try {
    if (POSIX) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * @param {string[]} args of Node
 * @param {{ cwd: string, env?: object, limitMinutes: number, signal: AbortSignal }} options
 * @returns {Promise<number | string>} exit status, or the name of the signal, or 'timeout'
 */
export function runNode(args, { cwd, env = {}, limitMinutes, signal }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'], detached: POSIX,
    });
    let timedOut = false;
    const stop = () => endGroup(child, 'SIGTERM');
    const limit = setTimeout(() => {
      timedOut = true;
      endGroup(child, 'SIGKILL');
    }, limitMinutes * 60_000);
    signal.addEventListener('abort', stop);
    const finish = (status) => {
      clearTimeout(limit);
      signal.removeEventListener('abort', stop);
      endGroup(child, 'SIGKILL');
      resolve(timedOut ? 'timeout' : status);
    };
    child.once('error', (error) => finish(error.message)).once('exit', (code, name) => finish(code ?? name));
  });
}
