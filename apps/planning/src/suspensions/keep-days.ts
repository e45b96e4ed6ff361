import { Injectable, Logger } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { UnitOfWork } from '#messaging';
import { currentTrace } from '#observability';
import type { Tx } from '../persistence/database.js';
import { StandStill } from './stand-still.js';
import { SuspensionRepository } from './suspension.repository.js';

/**
 * Keeps the days that decisions name: begins what is to stand still from today, and lets go on whatever stood still until yesterday. Also holds what was
 * opened in the moment in which a suspension was written. A run that was missed is made up for: days count as the decision names them.
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

  /** Repeated, it finds nothing to do. */
  async execute(): Promise<void> {
    const today = localDate(this.clock.now());
    const due = await this.work.run((tx) => this.suspensions.due(tx, today));
    for (const id of new Set([...due.running, ...due.toStart, ...due.toEnd])) await this.work.run((tx) => this.keep(tx, id));
  }

  private async keep(tx: Tx, id: string): Promise<void> {
    const at = this.clock.now();
    const today = localDate(at);
    const found = await this.suspensions.hold(tx, id);
    if (found.state === 'running') {
      const strays = await this.standing.holdObligations(tx, found, at);
      if (strays > 0)
        this.logger.log(`${String(strays)} obligations were opened while ${found.decision} was written; they stand still now`);
    }
    if (found.state === 'planned' && !isBefore(today, found.fromOn)) {
      const { obligationsHeld } = await this.standing.begin(tx, found, at);
      this.logger.log(`${found.decision} lets ${String(obligationsHeld)} obligations stand still from today`);
    }
    if (found.untilOn && isBefore(found.untilOn, today)) await this.end(tx, id, found.untilOn.add({ days: 1 }));
  }

  private async end(tx: Tx, id: string, resumedOn: Temporal.PlainDate): Promise<void> {
    const found = await this.suspensions.hold(tx, id);
    if (found.state !== 'running') return;
    const ending = { resumedOn, by: currentTrace()?.actor ?? 'service:planning', decision: found.decision, reason: 'its last day is over' };
    const { obligationsResumed, deadlinesMoved } = await this.standing.end(tx, found, ending, this.clock.now());
    this.logger.log(
      `${found.decision} is over: ${String(obligationsResumed)} obligations go on, ${String(deadlinesMoved)} deadlines moved`,
    );
  }
}

function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) < 0;
}
