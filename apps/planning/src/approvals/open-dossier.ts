import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock } from '#calendar';
import { DomainError, type openDossier, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { answeringAgency } from '../obligations/obligation.js';
import type { Tx } from '../persistence/database.js';
import { DossierDuties } from './dossier-duties.js';
import { dossierIdOf, DossierRepository, type NewDossier } from './dossier.repository.js';

/** What is needed to open a dossier of any kind, with codes as people know them. */
export interface AskedDossier extends Omit<
  NewDossier,
  'taskId' | 'submitterId' | 'approverId' | 'gates' | 'ladder' | 'seedId' | 'assumption'
> {
  readonly task: string | null;
  readonly submitter: string;
  readonly approver: string;
  readonly gates: readonly string[];
}

/** One more dossier for the plan: an event that was not foreseen, another project document. */
@Injectable()
export class OpenDossier {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly dossiers: DossierRepository,
    private readonly duties: DossierDuties,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `plan-not-found`, `task-not-found`, `agency-not-found`, `dossier-code-taken`, `approver-is-submitter`, `nobody-to-write-to`,
   * `deadline-passed`
   */
  execute(input: PayloadOf<typeof openDossier>, message: Message): Promise<ReplyOf<typeof openDossier>> {
    const { submitBy, task, ...rest } = input;
    const asked: AskedDossier = {
      ...rest,
      task: task ?? null,
      submitBy: submitBy === undefined ? null : Temporal.PlainDate.from(submitBy),
      shortfallId: null,
      draft: { summary: '', content: {} },
    };
    return this.work.once(message, (tx) => this.open(tx, asked, this.clock.now()));
  }

  /** In the caller's transaction: a supplement is opened as a dossier too. @throws DomainError as `execute` does */
  async open(tx: Tx, asked: AskedDossier, at: Temporal.Instant): Promise<ReplyOf<typeof openDossier>> {
    const { task, submitter, approver, gates, ...rest } = asked;
    const plan = await this.dossiers.plan(tx, asked.planId);
    const tasks = await this.dossiers.tasks(tx, asked.planId, [...new Set([...gates, ...(task === null ? [] : [task])])]);
    const [from, to] = [await this.dossiers.agency(tx, submitter), await this.dossiers.agency(tx, approver)];
    const answererId = answeringAgency(to.id, plan);
    if (from.id === to.id || from.id === answererId)
      throw new DomainError('approver-is-submitter', `${submitter} would answer to itself: name another approver.`);
    const silent = from.contacts === 0 ? submitter : to.contacts === 0 && answererId === to.id ? approver : undefined;
    if (silent !== undefined)
      throw new DomainError('nobody-to-write-to', `${silent} has nobody to write to: add a contact to the plan file and import it again.`);
    const added = await this.dossiers.add(tx, {
      ...rest,
      taskId: task === null ? null : (tasks.get(task) ?? null),
      submitterId: from.id,
      approverId: to.id,
      ladder: 'default',
      seedId: null,
      assumption: null,
      gates: [...new Set(gates)].flatMap((code) => tasks.get(code) ?? []),
    });
    if (!added) throw new DomainError('dossier-code-taken', `The plan has a dossier ${asked.code} already: choose another code.`);
    const dossier = await this.dossiers.hold(tx, dossierIdOf(asked.planId, asked.code));
    await this.duties.owe(tx, dossier, at);
    await this.dossiers.tell(tx, dossier.id, { at, what: 'opened', detail: { code: dossier.code, kind: dossier.kind } });
    await this.duties.tellWaiting(tx, dossier.id);
    return { dossierId: dossier.id, state: dossier.state, number: dossier.current.number, version: dossier.version, at: at.toString() };
  }
}
