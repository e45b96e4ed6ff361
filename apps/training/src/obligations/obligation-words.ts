import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { trackObligation, type PayloadOf } from '#contracts';
import { Outbox } from '#messaging';
import type { Tx } from '../persistence/database.js';

/** Something that is owed because of training, as it stands; planning opens, moves, settles it from there (ADR 8). */
export type ObligationWord = Omit<PayloadOf<typeof trackObligation>, 'version'>;

/** Tells planning of what is owed. Its reason is no difference: the same said again is said once. */
@Injectable()
export class ObligationWords {
  constructor(private readonly outbox: Outbox) {}

  /** Says how things stand, each with the next version, where that differs from what was said last. Idempotent by what is said. */
  async say(tx: Tx, words: readonly ObligationWord[]): Promise<void> {
    for (const word of words) {
      const digest = createHash('sha256')
        .update(JSON.stringify({ ...word, reason: null }))
        .digest('base64url');
      const [row] = await tx.$queryRaw<{ version: number }[]>`
        INSERT INTO obligation_word (obligation_id, version, digest) VALUES (${word.obligationId}::uuid, 1, ${digest})
        ON CONFLICT (obligation_id) DO UPDATE SET version = obligation_word.version + 1, digest = EXCLUDED.digest
        WHERE obligation_word.digest <> EXCLUDED.digest
        RETURNING version`;
      if (row) await this.outbox.publish(tx, trackObligation, { ...word, version: row.version });
    }
  }
}
