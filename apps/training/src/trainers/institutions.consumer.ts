import { Controller } from '@nestjs/common';
import { changeInstitution, listInstitutions, recordInstitution, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { ChangeInstitution } from './change-institution.js';
import { RecordInstitution } from './record-institution.js';
import { TrainerRepository } from './trainer.repository.js';

@Controller()
export class InstitutionsConsumer {
  constructor(
    private readonly recording: RecordInstitution,
    private readonly changing: ChangeInstitution,
    private readonly trainers: TrainerRepository,
  ) {}

  @On(recordInstitution)
  record(payload: PayloadOf<typeof recordInstitution>, message: Message) {
    return this.recording.execute(payload, message);
  }

  @On(changeInstitution)
  change(payload: PayloadOf<typeof changeInstitution>, message: Message) {
    return this.changing.execute(payload, message);
  }

  @On(listInstitutions)
  list(ask: PayloadOf<typeof listInstitutions>) {
    return pageOf(
      ask,
      (limit, after) => this.trainers.institutions(ask, limit, after),
      (one) => one.institutionId,
    );
  }
}
