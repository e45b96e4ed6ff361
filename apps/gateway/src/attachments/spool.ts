import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HttpStatus, Injectable } from '@nestjs/common';
import { Env, type GatewayEnv } from '#config';
import { ATTACHMENT_LIMIT } from '#contracts';
import { Refusal } from '../http/problem.js';
import { refused } from './refused.js';

/** A file that has arrived whole and is not kept yet. */
export interface Received {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Where files arrive: written to disk piece by piece, so that many large ones at once need no memory. */
@Injectable()
export class Spool {
  private readonly folder: string;

  constructor(env: Env<GatewayEnv>) {
    this.folder = join(env.get('ATTACHMENTS_DIR'), 'incoming');
  }

  /**
   * Reads to the end, or no further than the limit. What is refused, or breaks off, leaves nothing behind.
   * @throws Refusal 413 `file-too-large`, 422 `file-empty`
   */
  async receive(pieces: AsyncIterable<Uint8Array>): Promise<Received> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, randomUUID());
    const file = await open(path, 'wx', 0o600);
    const hash = createHash('sha256');
    let size = 0;
    try {
      for await (const piece of pieces) {
        size += piece.length;
        if (size > ATTACHMENT_LIMIT) throw tooLarge();
        hash.update(piece);
        await file.appendFile(piece);
      }
      if (size === 0) throw refused('file-empty', 'No bytes came. Send the file itself as the body of the request.');
      // On the disk before anybody is told of it.
      await file.sync();
      return { path, size, sha256: hash.digest('hex') };
    } catch (error) {
      await this.forget(path);
      throw error;
    } finally {
      await file.close();
    }
  }

  /** Whatever is left of it. */
  async forget(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  /** Forgets what a process left behind that ended while it received. @param before real time, in milliseconds since 1970 */
  async forgetOlderThan(before: number): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const known = await stat(path).catch(() => undefined); // its request ended meanwhile
      if (known && known.mtimeMs < before) await this.forget(path);
    }
  }
}

export function tooLarge(): Refusal {
  return new Refusal({
    status: HttpStatus.PAYLOAD_TOO_LARGE,
    code: 'file-too-large',
    detail: `A file may have ${ATTACHMENT_LIMIT} bytes (20 MB). Send it in parts, or with pictures of a lower resolution.`,
  });
}
