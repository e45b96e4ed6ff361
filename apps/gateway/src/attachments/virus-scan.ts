import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Env, type GatewayEnv } from '#config';
import type { ScanVerdict } from '#contracts';
import { refused, unavailable } from './refused.js';

/** Real milliseconds of silence after which the scanner counts as away. */
const SILENCE = 30_000;
const DEFAULT_PORT = 3310;
/** An answer is one short line. */
const LONGEST_ANSWER = 4096;

/** Asks the scanner of the installation, where there is one: clamd, by its INSTREAM command over TCP. */
@Injectable()
export class VirusScan {
  private readonly url: string | undefined;

  constructor(env: Env<GatewayEnv>) {
    this.url = env.get('SCAN_URL');
  }

  /**
   * @returns `not-scanned` where no scanner is set up
   * @throws Refusal 422 `infected`; 503 `scanner-unreachable` when there is one and it gives no verdict: nothing is kept unseen
   */
  async scan(path: string): Promise<ScanVerdict> {
    if (this.url === undefined) return 'not-scanned';
    const answer = await ask(new URL(this.url), path).catch((error: unknown) => {
      throw unscanned(error);
    });
    if (answer === 'stream: OK') return 'clean';
    const virus = /^stream: (.+) FOUND$/.exec(answer)?.[1];
    if (virus === undefined) throw unscanned(new Error(`the scanner answered: ${answer}`));
    throw refused('infected', `The virus scan found ${virus}. Clean the computer that the file comes from; nothing of it was kept.`);
  }
}

function unscanned(cause: unknown): Error {
  return unavailable('scanner-unreachable', 'The virus scanner gives no verdict, so nothing was kept. Send the file again later.', cause);
}

/** `zINSTREAM`, then pieces with their length before them, then an empty one; the answer ends with a zero byte. */
async function ask({ hostname, port }: URL, path: string): Promise<string> {
  const socket = connect({ host: hostname, port: port === '' ? DEFAULT_PORT : Number(port) });
  socket.setTimeout(SILENCE, () => socket.destroy(new Error('the scanner is silent')));
  try {
    // A scanner that has seen enough answers and closes before everything is sent, so its answer counts, not our writing.
    const [answer] = await Promise.all([answerFrom(socket), send(socket, path).catch(() => undefined)]);
    return answer;
  } finally {
    socket.destroy();
  }
}

async function send(socket: Socket, path: string): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'));
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    await write(socket, Buffer.concat([length, piece]));
  }
  await write(socket, Buffer.alloc(4));
}

function write(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

function answerFrom(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      answer += text;
      const end = answer.indexOf('\0');
      if (end >= 0) resolve(answer.slice(0, end));
      else if (answer.length > LONGEST_ANSWER) reject(new Error('the scanner answers too long'));
    });
    socket.once('error', reject);
    socket.once('close', () => {
      reject(new Error('the scanner closed without a verdict'));
    });
  });
}
