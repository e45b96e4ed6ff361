import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { DomainError, type ReportState } from '#contracts';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { isOpen, mustBeOpen, mustConsolidate, standingNow, type Input, type Standing } from './consolidation.js';
import { ConsolidationRepository, type Place } from './consolidation.repository.js';

interface Upward {
  readonly id: string;
  readonly requirementId: string;
  readonly state: ReportState;
}

/** What use cases do to the consolidation that their report is part of. In the transaction of a caller who holds the report. */
@Injectable()
export class RecordConsolidation {
  constructor(
    private readonly consolidations: ConsolidationRepository,
    private readonly history: HistoryRepository,
  ) {}

  placeOf(tx: Tx, requirementId: string): Promise<Place> {
    return this.consolidations.placeOf(tx, requirementId);
  }

  /** Takes every accepted input in and puts down who is in, who is missing and who is excluded. @returns how many of each */
  async execute(tx: Tx, upwardId: string, actor: string, at: Temporal.Instant): Promise<Record<Standing, number>> {
    const inputs = await this.consolidations.holdInputs(tx, upwardId);
    const rows = inputs.map((input) => ({ inputId: input.reportId, ...standingNow(input) }));
    const kept = new Set(inputs.filter((input) => input.recorded?.standing === 'excluded').map((input) => input.reportId));
    const changed = rows.filter((row) => !kept.has(row.inputId));
    await this.consolidations.record(tx, upwardId, changed, { actor, at });
    const taken = inputs.filter((input) => input.state === 'accepted' && !kept.has(input.reportId)).map((input) => input.reportId);
    await this.consolidations.moveAll(tx, taken, 'consolidated');
    await this.tellInputs(tx, taken, 'consolidated', upwardId, at);
    const count = (standing: Standing): number => rows.filter((row) => row.standing === standing).length;
    return { in: count('in'), missing: count('missing'), excluded: count('excluded') };
  }

  /** @throws DomainError `consolidates-nothing`, `consolidation-closed` */
  async mustBeOpen(tx: Tx, upward: Upward): Promise<void> {
    mustConsolidate(await this.consolidations.placeOf(tx, upward.requirementId));
    mustBeOpen(upward);
  }

  /**
   * One of the reports that an open consolidation puts together, locked.
   * @returns it, and whether another consolidation has it
   * @throws DomainError `consolidates-nothing`, `consolidation-closed`, `not-an-input`
   */
  async holdInput(tx: Tx, upward: Upward, reportId: string): Promise<Input & { isInAnother: boolean }> {
    await this.mustBeOpen(tx, upward);
    const found = (await this.consolidations.holdInputs(tx, upward.id)).find((input) => input.reportId === reportId);
    if (!found) {
      throw new DomainError(
        'not-an-input',
        `The report ${reportId} is none of those that this one puts together. Read the consolidation to see them.`,
      );
    }
    const uppers = await this.consolidations.uppersOf(tx, reportId);
    return { ...found, isInAnother: uppers.some((upper) => upper.id !== upward.id) };
  }

  /** Puts down that a report is left out, or forgets that it was; told at both reports. */
  async mark(
    tx: Tx,
    upwardId: string,
    inputId: string,
    as: { what: 'excluded' | 'included'; reason: string; actor: string; at: Temporal.Instant },
  ): Promise<void> {
    const { what, reason, at } = as;
    if (what === 'excluded') await this.consolidations.record(tx, upwardId, [{ inputId, standing: what, edition: null, reason }], as);
    else await this.consolidations.forget(tx, upwardId, inputId);
    await this.history.tell(tx, [
      { subject: 'report', subjectId: inputId, at, what, reason, detail: { upwardId } },
      { subject: 'report', subjectId: upwardId, at, what: `input-${what}`, reason, detail: { reportId: inputId } },
    ]);
  }

  /** Closes what is in a report that was accepted. */
  async closeInputs(tx: Tx, upwardId: string, at: Temporal.Instant): Promise<void> {
    const inputs = await this.consolidations.holdInputs(tx, upwardId);
    const closed = inputs
      .filter(({ state, recorded }) => state === 'consolidated' && recorded?.standing === 'in')
      .map((input) => input.reportId);
    await this.consolidations.moveAll(tx, closed, 'closed');
    await this.tellInputs(tx, closed, 'closed', upwardId, at);
  }

  /**
   * A report that is sent back leaves every consolidation that is still open. Its own lock is enough: whoever hands the consolidating report in locks
   * its inputs first.
   * @throws DomainError `already-consolidated` when one that has it has been handed in
   */
  async takeOut(tx: Tx, inputId: string): Promise<void> {
    const uppers = await this.consolidations.uppersOf(tx, inputId);
    const handedIn = uppers.find((upper) => !isOpen(upper));
    if (handedIn) {
      throw new DomainError(
        'already-consolidated',
        `This report is part of ${handedIn.code} of ${handedIn.periodKey}, which is ${handedIn.state}. Its receiver has to return that one first.`,
        [{ reportId: handedIn.id, state: handedIn.state }],
      );
    }
    for (const upper of uppers) await this.consolidations.forget(tx, upper.id, inputId);
  }

  private async tellInputs(tx: Tx, ids: readonly string[], what: string, upwardId: string, at: Temporal.Instant): Promise<void> {
    await this.history.tell(
      tx,
      ids.map((subjectId) => ({ subject: 'report', subjectId, at, what, detail: { upwardId } })),
    );
  }
}
