import { Injectable } from '@nestjs/common';
import { Clock, localDate, toDate } from '#calendar';
import { documentKinds } from '#contracts';
import { type Gauge } from '#observability';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { Database } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';

/** The figures that tell whether chasing works. */
@Injectable()
export class PlanningGauges {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLedger,
    private readonly rules: RuleFiles,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<Gauge[]> {
    const now = this.clock.now();
    const [[ledger], fired, waiting, { findings }] = await Promise.all([
      this.database.$queryRawUnsafe<{ open: number; overdue: number; lag: number }[]>(
        `SELECT count(*)::int AS open, count(*) FILTER (WHERE overdue_at <= least($1, held_since))::int AS overdue,
                coalesce((SELECT extract(epoch FROM $1 - min(due_at)) FROM step WHERE state = 'pending' AND due_at <= $1), 0)::float8 AS lag
         FROM obligation WHERE state = 'open'`,
        toDate(now),
      ),
      this.database.step.groupBy({ by: ['level'], where: { state: 'fired' }, _count: true }),
      this.database.preparedDocument.groupBy({ by: ['kind'], where: { state: 'prepared' }, _count: true }),
      this.audit.execute(),
    ]);
    return [
      { name: 'dondoc_obligations_open', help: 'Obligations that are owed', labels: {}, value: ledger?.open ?? 0 },
      {
        name: 'dondoc_obligations_overdue',
        help: 'Obligations that are owed and past their deadline',
        labels: {},
        value: ledger?.overdue ?? 0,
      },
      // Outside office hours the sweep waits by design, so nothing is behind.
      {
        name: 'dondoc_sweep_lag_seconds',
        help: 'Business seconds since the oldest undecided step fell due, in office hours',
        labels: {},
        value: this.rules.calendar.isOfficeHour(now) ? (ledger?.lag ?? 0) : 0,
      },
      ...fired.map(({ level, _count }) => ({
        name: 'dondoc_steps_fired_total',
        help: 'Steps that were told, by level',
        labels: { level },
        value: _count,
      })),
      {
        name: 'dondoc_calendar_years_ahead',
        help: 'Years in a row after this one whose days off are decided and loaded; 0 from October on is a case',
        labels: {},
        value: this.rules.calendar.decidedAfter(localDate(now).year),
      },
      ...documentKinds.map((kind) => ({
        name: 'dondoc_documents_waiting',
        help: 'Prepared documents that nobody has sent or published yet, by kind',
        labels: { kind },
        value: waiting.find((row) => row.kind === kind)?._count ?? 0,
      })),
      { name: 'dondoc_audit_findings', help: 'Places where the ledger does not hold', labels: {}, value: findings.length },
    ];
  }
}
