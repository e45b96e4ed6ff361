import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '#calendar';
import { extendObligation, getObligation, listObligations, reassignObligation, waiveObligation, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { ExtendObligation } from './extend-obligation.js';
import { ObligationViews } from './obligation-view.repository.js';
import { ReassignObligation } from '../reassignments/reassign-obligation.js';
import { WaiveObligation } from './waive-obligation.js';

const dayAndId = z.templateLiteral([z.iso.date(), '/', z.uuid()]);

@Controller()
export class ObligationsConsumer {
  constructor(
    private readonly extending: ExtendObligation,
    private readonly waiving: WaiveObligation,
    private readonly reassigning: ReassignObligation,
    private readonly views: ObligationViews,
    private readonly clock: Clock,
  ) {}

  @On(extendObligation)
  extend(payload: PayloadOf<typeof extendObligation>, message: Message) {
    return this.extending.execute(payload, message);
  }

  @On(waiveObligation)
  waive(payload: PayloadOf<typeof waiveObligation>, message: Message) {
    return this.waiving.execute(payload, message);
  }

  @On(reassignObligation)
  reassign(payload: PayloadOf<typeof reassignObligation>, message: Message) {
    return this.reassigning.execute(payload, message);
  }

  @On(listObligations)
  list(ask: PayloadOf<typeof listObligations>) {
    const now = this.clock.now();
    return pageOf(
      ask,
      (limit, after) => this.views.list(ask, after, limit, now),
      (one) => `${one.dueOn}/${one.obligationId}`,
      dayAndId,
    );
  }

  @On(getObligation)
  get({ obligationId }: PayloadOf<typeof getObligation>) {
    return this.views.story(obligationId, this.clock.now());
  }
}
