import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

/** What came out of the store is not what was put in. */
export class ContentBroken extends Error {
  override readonly name = 'ContentBroken';
}

/**
 * Lets bytes through and fails before the last of them when they are not those of the digest: whoever reads never gets a whole file that is wrong.
 * @param sha256 hexadecimal
 */
export class Verified extends Transform {
  private readonly hash = createHash('sha256');
  private held: Buffer | undefined;

  constructor(private readonly sha256: string) {
    super();
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hash.update(piece);
    if (this.held) this.push(this.held);
    this.held = piece;
    done();
  }

  override _flush(done: TransformCallback): void {
    const found = this.hash.digest('hex');
    if (found !== this.sha256) done(new ContentBroken(`the bytes have the digest ${found}, not ${this.sha256}`));
    else done(null, this.held);
  }
}
