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

  /** Says how things stand, each with the next version, where that differs from what was said last. Each obligation once; two statements, however many. Idempotent by what is said. */
  async say(tx: Tx, words: readonly ObligationWord[]): Promise<void> {
    const said = words.map((word) => ({ id: word.obligationId, digest: digestOf(word) }));
    const rows = await tx.$queryRaw<{ id: string; version: number }[]>`
      INSERT INTO obligation_word (obligation_id, version, digest)
      SELECT s.id, 1, s.digest FROM jsonb_to_recordset(${JSON.stringify(said)}::jsonb) AS s(id uuid, digest text) ORDER BY s.id
      ON CONFLICT (obligation_id) DO UPDATE SET version = obligation_word.version + 1, digest = EXCLUDED.digest
      WHERE obligation_word.digest <> EXCLUDED.digest
      RETURNING obligation_id::text AS id, version`;
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    const different = words.flatMap((word) => {
      const version = versions.get(word.obligationId);
      return version === undefined ? [] : [{ ...word, version }];
    });
    await this.outbox.publishAll(tx, trackObligation, different);
  }
}

function digestOf(word: ObligationWord): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...word, reason: null }))
    .digest('base64url');
}
