import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What every scanner finds and nobody is harmed by (EICAR), in two parts so that no scanner finds it here. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export type Mood = 'well' | 'silent' | 'closing' | 'confused';

/** A scanner that speaks clamd's INSTREAM over TCP: it knows EICAR, and refuses a stream that is larger than its limit before its end. */
export async function scanner(limit = 25_000_000) {
  let mood: Mood = 'well';
  const seen: number[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    if (mood === 'silent') return;
    if (mood === 'closing') {
      socket.destroy();
      return;
    }
    let pending = Buffer.alloc(0);
    const pieces: Buffer[] = [];
    const answer = (text: string) => {
      socket.removeAllListeners('data').end(`${text}\0`);
    };
    socket.on('data', (bytes: Buffer) => {
      pending = Buffer.concat([pending, bytes]);
      if (pieces.length === 0 && pending.length >= 10) {
        if (pending.toString('latin1', 0, 10) !== 'zINSTREAM\0') {
          answer('UNKNOWN COMMAND');
          return;
        }
        pending = pending.subarray(10);
        pieces.push(Buffer.alloc(0));
      }
      while (pieces.length > 0 && pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
        const length = pending.readUInt32BE(0);
        if (length === 0) {
          const whole = Buffer.concat(pieces);
          seen.push(whole.length);
          if (mood === 'confused') answer('stream: Can not allocate memory ERROR');
          else answer(whole.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK');
          return;
        }
        pieces.push(Buffer.from(pending.subarray(4, 4 + length)));
        pending = pending.subarray(4 + length);
        if (pieces.reduce((sum, piece) => sum + piece.length, 0) > limit) {
          answer('INSTREAM size limit exceeded. ERROR');
          return;
        }
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `clamd://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Bytes of each file that it has looked at. */
    seen,
    become: (next: Mood) => {
      mood = next;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
