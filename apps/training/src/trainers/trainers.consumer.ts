import { Controller } from '@nestjs/common';
import {
  changeTrainer,
  getTrainer,
  listTrainers,
  recordAbsence,
  recordTrainer,
  removeAbsence,
  retireTrainer,
  type PayloadOf,
} from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { ChangeTrainer } from './change-trainer.js';
import { RecordAbsence } from './record-absence.js';
import { RecordTrainer } from './record-trainer.js';
import { RemoveAbsence } from './remove-absence.js';
import { RetireTrainer } from './retire-trainer.js';
import { TrainerRepository } from './trainer.repository.js';

@Controller()
export class TrainersConsumer {
  constructor(
    private readonly recording: RecordTrainer,
    private readonly changing: ChangeTrainer,
    private readonly retiring: RetireTrainer,
    private readonly absent: RecordAbsence,
    private readonly back: RemoveAbsence,
    private readonly trainers: TrainerRepository,
  ) {}

  @On(recordTrainer)
  record(payload: PayloadOf<typeof recordTrainer>, message: Message) {
    return this.recording.execute(payload, message);
  }

  @On(changeTrainer)
  change(payload: PayloadOf<typeof changeTrainer>, message: Message) {
    return this.changing.execute(payload, message);
  }

  @On(retireTrainer)
  retire(payload: PayloadOf<typeof retireTrainer>, message: Message) {
    return this.retiring.execute(payload, message);
  }

  @On(recordAbsence)
  recordAbsence(payload: PayloadOf<typeof recordAbsence>, message: Message) {
    return this.absent.execute(payload, message);
  }

  @On(removeAbsence)
  removeAbsence(payload: PayloadOf<typeof removeAbsence>, message: Message) {
    return this.back.execute(payload, message);
  }

  @On(listTrainers)
  list(ask: PayloadOf<typeof listTrainers>) {
    return pageOf(
      ask,
      (limit, after) => this.trainers.list(ask, limit, after),
      (one) => one.trainerId,
    );
  }

  @On(getTrainer)
  get(ask: PayloadOf<typeof getTrainer>) {
    return this.trainers.view(ask.trainerId);
  }
}
