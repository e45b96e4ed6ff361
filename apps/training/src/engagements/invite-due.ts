import { Injectable } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import { DomainError } from '#contracts';
import { UnitOfWork } from '#messaging';
import { WorkingDays } from '../calendar/working-days.js';
import { ClassDesk } from '../classes/class-desk.js';
import { stands } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { standstills } from '../tasks/plan-task.js';
import { isTimeToAsk, isToBeAskedAgain } from './engagement.js';
import { EngagementRepository } from './engagement.repository.js';
import { Invite } from './invite.js';

/** What a person has to see to first; the list of conflicts shows it. */
const LATER: ReadonlySet<string> = new Set(['venue-missing', 'too-late-to-ask', ...standstills]);

/** On working days: invites whose first session comes near (domain 4.6), and asks once more who did not answer. Run twice it asks nobody twice. */
@Injectable()
export class InviteDue {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly engagements: EngagementRepository,
    private readonly inviting: Invite,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /** Each in a transaction of its own, so that one which fails keeps no other back. @throws AggregateError of those that failed */
  async execute(): Promise<void> {
    const today = localDate(this.clock.now());
    if (!this.days.calendar.isWorkingDay(today)) return;
    const failed: unknown[] = [];
    for (const { id } of await this.work.run((tx) => this.engagements.toAsk(tx, today))) {
      await this.work
        .run((tx) => this.ask(tx, id))
        .catch((error: unknown) => {
          if (!(error instanceof DomainError && LATER.has(error.code))) failed.push(error);
        });
    }
    if (failed.length > 0) throw new AggregateError(failed, `${String(failed.length)} trainers could not be invited`);
  }

  private async ask(tx: Tx, id: string): Promise<void> {
    const at = this.clock.now();
    const today = localDate(at);
    const { held, sessions } = await this.desk.hold(tx, await this.engagements.read(tx, id));
    const engagement = await this.engagements.read(tx, id);
    const theirs = sessions.filter((one) => one.trainerId === engagement.trainerId);
    const [first] = theirs;
    if (!first || !stands(held.state)) return;
    const isDue = engagement.state === 'proposed' ? isTimeToAsk(first.day, today, this.days.calendar) : isToBeAskedAgain(engagement, today);
    if (isDue) await this.inviting.send(tx, engagement, theirs, at);
  }
}
