import { createServer } from 'node:net';

/** @returns {Promise<number>} a port of the loopback that nobody uses now */
export function freePort() {
  return listenOnce(0);
}

/** @param {number} port @returns {Promise<boolean>} */
export async function isFree(port) {
  try {
    await listenOnce(port);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** @param {number} port @returns {Promise<number>} */
function listenOnce(port) {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
