import { Controller } from '@nestjs/common';
import {
  addQuota,
  changeQuota,
  closeNominations,
  completeNominations,
  listQuotas,
  openNominations,
  removeQuota,
  type PayloadOf,
} from '#contracts';
import { On, type Message } from '#messaging';
import { AddQuota } from './add-quota.js';
import { ChangeQuota } from './change-quota.js';
import { CloseNominations } from './close-nominations.js';
import { CompleteNominations } from './complete-nominations.js';
import { OpenNominations } from './open-nominations.js';
import { QuotaRepository } from './quota.repository.js';
import { RemoveQuota } from './remove-quota.js';

@Controller()
export class QuotasConsumer {
  constructor(
    private readonly opening: OpenNominations,
    private readonly closing: CloseNominations,
    private readonly adding: AddQuota,
    private readonly changing: ChangeQuota,
    private readonly removing: RemoveQuota,
    private readonly completing: CompleteNominations,
  ) {}

  @On(openNominations)
  open(payload: PayloadOf<typeof openNominations>, message: Message) {
    return this.opening.execute(payload, message);
  }

  @On(closeNominations)
  close(payload: PayloadOf<typeof closeNominations>, message: Message) {
    return this.closing.execute(payload, message);
  }

  @On(addQuota)
  add(payload: PayloadOf<typeof addQuota>, message: Message) {
    return this.adding.execute(payload, message);
  }

  @On(changeQuota)
  change(payload: PayloadOf<typeof changeQuota>, message: Message) {
    return this.changing.execute(payload, message);
  }

  @On(removeQuota)
  remove(payload: PayloadOf<typeof removeQuota>, message: Message) {
    return this.removing.execute(payload, message);
  }

  @On(completeNominations)
  complete(payload: PayloadOf<typeof completeNominations>, message: Message) {
    return this.completing.execute(payload, message);
  }
}

@Controller()
export class QuotaViewsConsumer {
  constructor(private readonly quotas: QuotaRepository) {}

  @On(listQuotas)
  async list({ classId }: PayloadOf<typeof listQuotas>) {
    return { items: await this.quotas.views(classId) };
  }
}
