import { type dossierDecided, type PayloadOf } from '#contracts';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { PlanningFixture, refusal } from '../obligations/planning.int-fixture.js';
import { ApproveDossier } from './approve-dossier.js';
import { DossierViewRepository } from './dossier-view.repository.js';
import { OpenDossier } from './open-dossier.js';
import { ReturnDossier } from './return-dossier.js';
import { SaveDossierDraft } from './save-dossier-draft.js';
import { SubmitDossier } from './submit-dossier.js';
import { WithdrawDossier } from './withdraw-dossier.js';

/** Codes of the plan: the detailed plan of one event, and the project document. */
export const [EVENT, PROJECT] = ['KH-SK-DBSH', 'DE-AN-TTTK'];
export const FIELDS = { 'Số gian hàng': 150 };
export const NOWHERE = '11111111-1111-4111-8111-111111111111';

type Given<UseCase extends { execute(input: never, message: never): unknown }> = Partial<Parameters<UseCase['execute']>[0]>;

/** Who does with dossiers what people do, by the codes of the plan. */
export class ApprovalsDesk {
  constructor(private readonly planning: PlanningFixture) {}

  row(code = EVENT) {
    return this.planning.database.approvalDossier.findFirstOrThrow({ where: { code } });
  }

  async id(code = EVENT): Promise<string> {
    return (await this.row(code)).id;
  }

  async story(code = EVENT) {
    return this.views.find(await this.id(code));
  }

  get views(): DossierViewRepository {
    return this.planning.get(DossierViewRepository);
  }

  async open(more: Given<OpenDossier> = {}, message = this.planning.message()) {
    return this.planning.get(OpenDossier).execute(
      {
        planId: (await this.row()).planId,
        code: 'KH-SK-THEM',
        kind: 'event-plan',
        title: 'Kế hoạch chi tiết một sự kiện nữa',
        titleEn: 'Detailed plan of one more event',
        task: 'II.1',
        submitter: 'SNNPTNT',
        approver: 'UBNDTP',
        answerWithin: 10,
        gates: ['II.1'],
        ...more,
      },
      message,
    );
  }

  async save(code = EVENT, more: Given<SaveDossierDraft> = {}, message = this.planning.message()) {
    return this.planning
      .get(SaveDossierDraft)
      .execute({ dossierId: await this.id(code), summary: 'Kế hoạch', content: FIELDS, ...more }, message);
  }

  async submit(code = EVENT, more: Given<SubmitDossier> = {}, message = this.planning.message()) {
    return this.planning.get(SubmitDossier).execute({ dossierId: await this.id(code), ...more }, message);
  }

  async handIn(code = EVENT) {
    await this.save(code);
    return this.submit(code);
  }

  async giveBack(code = EVENT, more: Given<ReturnDossier> = {}, message = this.planning.message()) {
    return this.planning.get(ReturnDossier).execute({ dossierId: await this.id(code), remarks: 'Bổ sung giao thông', ...more }, message);
  }

  async approve(code = EVENT, more: Given<ApproveDossier> = {}, message = this.planning.message()) {
    const document = { documentNumber: '2890/QĐ-UBND', documentDate: '2020-07-01' };
    return this.planning.get(ApproveDossier).execute({ dossierId: await this.id(code), ...document, ...more }, message);
  }

  async withdraw(code = EVENT, more: Given<WithdrawDossier> = {}, message = this.planning.message()) {
    return this.planning.get(WithdrawDossier).execute({ dossierId: await this.id(code), reason: 'Không tổ chức', ...more }, message);
  }

  /** What submitters and approvers owe, oldest first. */
  async owed(): Promise<string[]> {
    const rows = await this.planning.database.obligation.findMany({
      where: { kind: { in: ['approval-submission', 'approval-answer'] } },
      include: { debtor: true, creditor: true },
      orderBy: [{ openedAt: 'asc' }, { kind: 'desc' }],
    });
    return rows.map((one) => `${one.kind} ${one.debtor.code}->${one.creditor.code} ${one.dueOn.toISOString().slice(0, 10)} ${one.state}`);
  }

  async gates(): Promise<string[]> {
    const rows = await this.planning.database.dossierGate.findMany({ include: { dossier: true, task: true } });
    return rows.map(({ dossier, task }) => `${task.code} waits for ${dossier.code} ${dossier.state}`).sort();
  }

  /** Decisions as they were announced. */
  async told(): Promise<PayloadOf<typeof dossierDecided>[]> {
    const rows = await this.planning.database.outbox.findMany({ where: { name: 'planning.dossier-decided.v1' }, orderBy: { seq: 'asc' } });
    return rows.map((one) => (one.envelope as unknown as { payload: PayloadOf<typeof dossierDecided> }).payload);
  }

  /** What the auditor finds at what is owed for dossiers; nobody sweeps the monthly reports here. */
  async audit() {
    const { findings } = await this.planning.get(AuditLedger).execute();
    const kinds = { in: ['approval-submission', 'approval-answer'] };
    const ids = (await this.planning.database.obligation.findMany({ where: { kind: kinds } })).map((one) => one.id);
    return findings.filter((finding) => ids.includes(finding.obligationId ?? ''));
  }

  /** Codes of the refusals; the contents must be what they were. */
  async refused(...works: readonly (() => Promise<unknown>)[]): Promise<unknown[]> {
    const before = await this.planning.contents();
    const codes: unknown[] = [];
    for (const work of works) codes.push(await refusal(work()));
    expect(await this.planning.contents()).toEqual(before);
    return codes;
  }
}
