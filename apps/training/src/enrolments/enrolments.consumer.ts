import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '#calendar';
import { listEnrolments, nominate, readClassList, withdrawEnrolment, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { EnrolmentViews } from './enrolment-view.repository.js';
import { Nominate } from './nominate.js';
import { WithdrawEnrolment } from './withdraw-enrolment.js';

@Controller()
export class EnrolmentsConsumer {
  constructor(
    private readonly nominating: Nominate,
    private readonly withdrawing: WithdrawEnrolment,
    private readonly views: EnrolmentViews,
    private readonly clock: Clock,
  ) {}

  @On(nominate)
  nominate(payload: PayloadOf<typeof nominate>, message: Message) {
    return this.nominating.execute(payload, message);
  }

  @On(withdrawEnrolment)
  withdraw(payload: PayloadOf<typeof withdrawEnrolment>, message: Message) {
    return this.withdrawing.execute(payload, message);
  }

  @On(listEnrolments)
  async list(ask: PayloadOf<typeof listEnrolments>) {
    const { items, next } = await pageOf(
      ask,
      (limit, after) => this.views.list(ask, limit, after),
      ({ key }) => key,
      z.string().regex(/^\d+$/),
    );
    return { items: items.map(({ view }) => view), next };
  }

  @On(readClassList)
  classList({ classId }: PayloadOf<typeof readClassList>) {
    return this.views.classList(classId, this.clock.now());
  }
}
