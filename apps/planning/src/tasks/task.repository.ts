import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { dateToPlain } from '#calendar';
import type { taskView } from '#contracts';
import { Database } from '../persistence/database.js';

@Injectable()
export class TaskRepository {
  constructor(private readonly database: Database) {}

  /** Tasks in order of their id; retired ones are not shown. */
  async list(filter: {
    planId: string | undefined;
    lead: string | undefined;
    limit: number;
    after: string | undefined;
  }): Promise<z.output<typeof taskView>[]> {
    const rows = await this.database.task.findMany({
      where: {
        retired: false,
        ...(filter.planId === undefined ? {} : { planId: filter.planId }),
        ...(filter.lead === undefined ? {} : { lead: { code: filter.lead } }),
        ...(filter.after === undefined ? {} : { id: { gt: filter.after } }),
      },
      orderBy: { id: 'asc' },
      take: filter.limit,
      include: { lead: true, budgetSource: true, coordinators: { include: { agency: true } } },
    });
    return rows.map((row) => ({
      taskId: row.id,
      planId: row.planId,
      code: row.code,
      title: row.title,
      lead: row.lead.code,
      coordinators: row.coordinators.map((one) => one.agency.code).sort(),
      timeText: row.timeText,
      startsOn: row.startsOn ? dateToPlain(row.startsOn).toString() : null,
      dueOn: row.dueOn ? dateToPlain(row.dueOn).toString() : null,
      budgetSource: row.budgetSource?.code ?? null,
      output: row.output,
      seedId: row.seedId,
      assumption: row.assumption,
    }));
  }
}
