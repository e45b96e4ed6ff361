import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from './ports.mjs';
import { root } from './services.mjs';

/**
 * A mail server that keeps every mail and shows it on a page; loopback only.
 * @param {{ webPort?: number, folder: string }} options
 * @returns {Promise<{ smtpUrl: string, pageUrl: string, stop: () => Promise<void> }>}
 */
export async function startCatcher({ webPort, folder }) {
  const web = webPort ?? (await freePort());
  const smtp = await freePort();
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/maildev/dist/bin/maildev.js'),
      ...[
        '--ip',
        '127.0.0.1',
        '--web-ip',
        '127.0.0.1',
        '--smtp',
        String(smtp),
        '--web',
        String(web),
        '--mail-directory',
        folder,
        '--silent',
      ],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stdout.on('data', (chunk) => (said = (said + chunk).slice(-2000)));
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-2000)));
  const pageUrl = `http://127.0.0.1:${web}`;
  const until = Date.now() + 15_000;
  for (;;) {
    const answer = await fetch(`${pageUrl}/api/email`, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
    if (answer?.ok) break;
    if (child.exitCode !== null || Date.now() > until) throw new Error(`The mail catcher did not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    smtpUrl: `smtp://127.0.0.1:${smtp}`,
    pageUrl,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
        // Once it had connections it takes ten seconds; every mail it took is a file already.
        setTimeout(() => child.kill('SIGKILL'), 1000).unref();
      }),
  };
}
