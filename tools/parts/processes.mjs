import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { nodeArguments } from './services.mjs';

const ENDING = new URL('end-with-launcher.mjs', import.meta.url).href;
const COLOURS = [36, 35, 33, 32, 34];
const useColour = process.stdout.isTTY === true && !process.env.NO_COLOR;

/** Child processes whose lines are shown with their name in front, ended together. */
export class Processes {
  /** @type {Map<string, import('node:child_process').ChildProcess>} */
  #running = new Map();
  #stopping = false;

  /** @param {(name: string, code: number | null) => void} onUnexpectedExit */
  constructor(onUnexpectedExit) {
    this.onUnexpectedExit = onUnexpectedExit;
  }

  /** @param {string} name @param {string} file @param {Record<string, string>} env */
  start(name, file, env) {
    const child = spawn(process.execPath, [...nodeArguments, '--import', ENDING, file], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const colour = COLOURS[this.#running.size % COLOURS.length];
    const label = name.padEnd(13);
    const prefix = useColour ? `\u001b[${colour}m${label}\u001b[0m ` : `${label} `;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => process.stdout.write(`${prefix}${line}\n`));
    }
    child.once('exit', (code) => {
      this.#running.delete(name);
      if (!this.#stopping) this.onUnexpectedExit(name, code);
    });
    this.#running.set(name, child);
  }

  /** Asks each to end, and ends what has not after the bound. @param {number} within real milliseconds */
  async stop(within = 15_000) {
    this.#stopping = true;
    const ended = [...this.#running.values()].map(
      (child) =>
        new Promise((resolve) => {
          child.once('exit', resolve);
          child.kill('SIGTERM');
          setTimeout(() => child.kill('SIGKILL'), within).unref();
        }),
    );
    await Promise.all(ended);
  }
}
