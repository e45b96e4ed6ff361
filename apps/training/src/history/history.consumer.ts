import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { readTrainingHistory, type PayloadOf } from '#contracts';
import { On, pageOf } from '#messaging';
import { HistoryRepository } from './history.repository.js';

@Controller()
export class HistoryConsumer {
  constructor(private readonly history: HistoryRepository) {}

  @On(readTrainingHistory)
  async read(ask: PayloadOf<typeof readTrainingHistory>) {
    const { subject, subjectId } = ask;
    const page = await pageOf(
      ask,
      (limit, after) => this.history.list({ subject, subjectId, limit, after }),
      (line) => line.key,
      z.string().regex(/^\d{1,18}$/),
    );
    return { items: page.items.map((line) => line.entry), next: page.next };
  }
}
