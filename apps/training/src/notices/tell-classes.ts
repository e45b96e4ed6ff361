import { Injectable } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import { UnitOfWork } from '#messaging';
import { WorkingDays } from '../calendar/working-days.js';
import type { Tx } from '../persistence/database.js';
import { ReaderRepository } from './reader.repository.js';
import { TellClass } from './tell-class.js';

/** In office hours: everybody is told what became different of their classes since they were told last. Nothing is told on a day off. */
@Injectable()
export class TellClasses {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly readers: ReaderRepository,
    private readonly telling: TellClass,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /** Each class in a transaction of its own, so that one which fails keeps no other back. @throws AggregateError of those that failed */
  async execute(): Promise<void> {
    const at = this.clock.now();
    if (!this.days.calendar.isOfficeHour(at)) return;
    const failed: unknown[] = [];
    for (const classId of await this.work.run((tx) => this.readers.classes(tx, localDate(at))))
      await this.work
        .run((tx) => this.telling.execute(tx, classId, at))
        .catch((error: unknown) => {
          failed.push(error);
        });
    if (failed.length > 0) throw new AggregateError(failed, `${String(failed.length)} classes could not be told of`);
  }
}
