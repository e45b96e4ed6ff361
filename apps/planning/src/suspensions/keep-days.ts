import { Injectable, Logger } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import { UnitOfWork } from '#messaging';
import { currentTrace } from '#observability';
import type { Tx } from '../persistence/database.js';
import { StandStill } from './stand-still.js';
import { daysDue, type DueDay } from './suspension.js';
import { SuspensionRepository } from './suspension.repository.js';

/**
 * Keeps the days that decisions name: begins what is to stand still from today, and lets go on whatever stood still until yesterday. Also holds, or lets
 * go on, what was opened in the moment in which a suspension was written. A run that was missed is made up for: days count as the decision names them.
 */
@Injectable()
export class KeepDays {
  private readonly logger = new Logger(KeepDays.name);

  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly suspensions: SuspensionRepository,
    private readonly standing: StandStill,
    private readonly clock: Clock,
  ) {}

  /**
   * Repeated, it finds nothing to do. What fails of one plan is left for the next run and keeps no other plan waiting.
   * @throws AggregateError with what failed, after everything else is done
   */
  async execute(): Promise<void> {
    const today = localDate(this.clock.now());
    const { ended, due } = await this.work.run(async (tx) => ({
      ended: await this.suspensions.endedTooEarly(tx),
      due: await this.suspensions.due(tx, today),
    }));
    const failed = new Map<string, unknown>();
    for (const id of ended) await this.work.run((tx) => this.release(tx, id)).catch((error: unknown) => failed.set(id, error));
    for (const day of daysDue(due, today)) {
      if (failed.has(day.planId)) continue;
      await this.work.run((tx) => this.keep(tx, day)).catch((error: unknown) => failed.set(day.planId, error));
    }
    if (failed.size > 0) throw new AggregateError([...failed.values()], `Suspensions of ${String(failed.size)} plans were not kept`);
  }

  private async release(tx: Tx, id: string): Promise<void> {
    const found = await this.suspensions.hold(tx, id);
    const strays = await this.standing.releaseStrays(tx, found, this.clock.now());
    this.logger.log(`${String(strays)} obligations were opened while ${found.decision} ended; they go on now`);
  }

  private async keep(tx: Tx, { id, what, on }: DueDay): Promise<void> {
    const at = this.clock.now();
    // Whatever people did since the days were read is seen under the lock.
    const found = await this.suspensions.hold(tx, id);
    if (what === 'begin' && found.state === 'planned') {
      const { obligationsHeld } = await this.standing.begin(tx, found, at);
      this.logger.log(`${found.decision} lets ${String(obligationsHeld)} obligations stand still from ${on.toString()}`);
    } else if (what === 'begin' && found.state === 'running') {
      const strays = await this.standing.hold(tx, found, at);
      if (strays.obligationsHeld + strays.tasksSuspended > 0)
        this.logger.log(`What was opened while ${found.decision} was written, or came into the plan since, stands still now`, strays);
    } else if (what === 'end' && found.state === 'running') {
      const ending = {
        resumedOn: on,
        by: currentTrace()?.actor ?? 'service:planning',
        decision: found.decision,
        reason: 'its last day is over',
      };
      const { obligationsResumed, deadlinesMoved } = await this.standing.end(tx, found, ending, at);
      this.logger.log(
        `${found.decision} is over: ${String(obligationsResumed)} obligations go on, ${String(deadlinesMoved)} deadlines moved`,
      );
    }
  }
}
