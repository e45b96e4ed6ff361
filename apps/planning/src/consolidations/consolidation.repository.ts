import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { toDate } from '#calendar';
import type { ReportState } from '#contracts';
import type { ObligationState } from '../obligations/obligation.js';
import type { Tx } from '../persistence/database.js';
import type { Input, Standing } from './consolidation.js';

interface InputRow {
  report_id: string;
  state: ReportState;
  edition: number;
  excluded_reason: string | null;
  obligation_state: ObligationState;
  settled_reason: string | null;
  standing: Standing | null;
  recorded_edition: number | null;
  recorded_reason: string | null;
}

/** Where a requirement stands between the levels of reporting. */
export interface Place {
  readonly consolidates: boolean;
  readonly isInput: boolean;
}

/**
 * Which reports a report consolidates: those of its requirement's inputs whose data window lies within its own, addressed to its agency or to one that
 * the agency succeeded; to whomever, where nobody else owes the report above. What passed to a successor is asked of the successor alone.
 */
export const INPUTS = `
  WITH RECURSIVE upward AS (SELECT * FROM report WHERE id = $1::uuid),
  line AS (SELECT agency_id AS id FROM upward UNION SELECT a.id FROM agency a JOIN line ON a.successor_id = line.id)
  SELECT i.id FROM upward u
  JOIN requirement_input ri ON ri.upward_id = u.requirement_id
  JOIN report i ON i.requirement_id = ri.input_id AND i.window_from >= u.window_from AND i.window_to <= u.window_to
  JOIN obligation o ON o.id = i.obligation_id AND o.state <> 'cancelled' 
  WHERE o.creditor_id IN (SELECT id FROM line)
    OR NOT EXISTS (SELECT 1 FROM report other WHERE other.requirement_id = u.requirement_id AND other.period_key = u.period_key AND other.id <> u.id)`;

/** How reports stand in the reports that consolidate them. Written under the lock of both. */
@Injectable()
export class ConsolidationRepository {
  /** Locks the reports that a report consolidates, to the end of the transaction, in the order of their ids. */
  async holdInputs(tx: Tx, upwardId: string): Promise<Input[]> {
    const ids = (await tx.$queryRawUnsafe<{ id: string }[]>(INPUTS, upwardId)).map((row) => row.id);
    if (ids.length === 0) return [];
    await tx.$queryRawUnsafe(`SELECT id FROM report WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`, ids);
    const rows = await tx.$queryRawUnsafe<InputRow[]>(
      `SELECT i.id AS report_id, i.state, i.edition, i.excluded_reason, o.state AS obligation_state, o.settled_reason,
              c.standing, c.input_edition AS recorded_edition, c.reason AS recorded_reason
       FROM report i JOIN obligation o ON o.id = i.obligation_id
       LEFT JOIN consolidated_input c ON c.upward_id = $2::uuid AND c.input_id = i.id
       WHERE i.id = ANY($1::uuid[]) ORDER BY i.id`,
      ids,
      upwardId,
    );
    return rows.map((row) => ({
      reportId: row.report_id,
      state: row.state,
      edition: row.edition,
      excludedReason: row.excluded_reason,
      obligationState: row.obligation_state,
      settledReason: row.settled_reason,
      recorded: row.standing && { standing: row.standing, edition: row.recorded_edition, reason: row.recorded_reason },
    }));
  }

  async placeOf(tx: Tx, requirementId: string): Promise<Place> {
    const [inputs, upwards] = [
      await tx.requirementInput.count({ where: { upwardId: requirementId } }),
      await tx.requirementInput.count({ where: { inputId: requirementId, upward: { retired: false } } }),
    ];
    return { consolidates: inputs > 0, isInput: upwards > 0 };
  }

  /** Replaces what was put down of these inputs. */
  async record(
    tx: Tx,
    upwardId: string,
    rows: readonly { inputId: string; standing: Standing; edition: number | null; reason: string | null }[],
    by: { actor: string; at: Temporal.Instant },
  ): Promise<void> {
    await tx.consolidatedInput.deleteMany({ where: { upwardId, inputId: { in: rows.map((row) => row.inputId) } } });
    await tx.consolidatedInput.createMany({
      data: rows.map(({ inputId, standing, edition, reason }) => ({
        upwardId,
        inputId,
        standing,
        inputEdition: edition,
        reason,
        at: toDate(by.at),
        actor: by.actor,
      })),
    });
  }

  async forget(tx: Tx, upwardId: string, inputId: string): Promise<void> {
    await tx.consolidatedInput.deleteMany({ where: { upwardId, inputId } });
  }

  /** Reports that have it in them, with the state that they are in now. */
  async uppersOf(tx: Tx, inputId: string): Promise<{ id: string; state: ReportState; code: string; periodKey: string }[]> {
    const rows = await tx.consolidatedInput.findMany({
      where: { inputId, standing: 'in' },
      select: { upward: { select: { id: true, state: true, periodKey: true, requirement: { select: { code: true } } } } },
    });
    return rows.map(({ upward }) => ({
      id: upward.id,
      state: upward.state as ReportState,
      code: upward.requirement.code,
      periodKey: upward.periodKey,
    }));
  }

  /** Moves reports that are held to another state, each to its next version. */
  async moveAll(tx: Tx, ids: readonly string[], state: ReportState): Promise<void> {
    await tx.report.updateMany({ where: { id: { in: [...ids] } }, data: { state, version: { increment: 1 } } });
  }
}
