/* The sweep alone: the same number of due steps among 0.1 and 1 million open obligations. */
import { FixedClock, loadWorkingCalendar } from '../dist/libs/calendar/src/index.js';
import { Outbox, UnitOfWork } from '../dist/libs/messaging/src/index.js';
import { EscalationRepository } from '../dist/apps/planning/src/escalations/escalation.repository.js';
import { DocumentRepository } from '../dist/apps/planning/src/documents/document.repository.js';
import { HistoryRepository } from '../dist/apps/planning/src/history/history.repository.js';
import { SweepRepository } from '../dist/apps/planning/src/sweep/sweep.repository.js';
import { SweepSteps } from '../dist/apps/planning/src/sweep/sweep-steps.js';
import { TellSteps } from '../dist/apps/planning/src/sweep/tell-steps.js';
import { Database } from '../dist/apps/planning/src/persistence/database.js';
import { Temporal } from 'temporal-polyfill';
import { rate, startStack } from './parts.mjs';
import { seedLedger } from './seed.mjs';

/** @param {{ due: number, sizes: number[] }} options @returns {Promise<{ open: number, milliseconds: number, rate: number }[]>} */
export async function benchSweep({ due, sizes }) {
  const stack = await startStack();
  const results = [];
  try {
    for (const open of sizes) {
      await seedLedger(stack.admin, {
        agencies: 20_000,
        obligations: open,
        due,
        dueAt: '2020-06-17T01:00:00Z',
        steps: ['DUE', 'CHASE_1', 'ESCALATE_STANDING'],
      });
      const database = new Database(/** @type {any} */ ({ get: () => stack.url('planning') }));
      const clock = new FixedClock(Temporal.Instant.from('2020-06-17T01:00:00Z'));
      const rules = /** @type {any} */ ({ calendar: loadWorkingCalendar('plans/calendar'), ladders: new Map() });
      const ledger = new SweepRepository();
      const history = new HistoryRepository(database);
      const escalations = new EscalationRepository(database, history);
      const sweep = new SweepSteps(
        new UnitOfWork(database),
        ledger,
        escalations,
        new TellSteps(ledger, escalations, new DocumentRepository(history), new Outbox(clock, 'planning'), rules),
        rules,
        clock,
      );
      await database.$queryRawUnsafe('SELECT 1');
      const started = performance.now();
      const swept = await sweep.execute();
      const milliseconds = performance.now() - started;
      if (swept.fired !== due) throw new Error(`the sweep fired ${swept.fired} of ${due} steps`);
      await database.$disconnect();
      results.push({ open, milliseconds: Math.round(milliseconds), rate: rate(due, milliseconds) });
    }
  } finally {
    await stack.stop();
  }
  return results;
}
