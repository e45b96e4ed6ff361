import { DissolveAgency } from '../agencies/dissolve-agency.js';
import { ApproveDossier } from '../approvals/approve-dossier.js';
import { ReturnDossier } from '../approvals/return-dossier.js';
import { SaveDossierDraft } from '../approvals/save-dossier-draft.js';
import { SubmitDossier } from '../approvals/submit-dossier.js';
import { ExcludeReport } from '../consolidations/exclude-report.js';
import { IncludeReport } from '../consolidations/include-report.js';
import { Delegate } from '../delegations/delegate.js';
import { DiscardDocument } from '../documents/discard-document.js';
import { SendDocument } from '../documents/send-document.js';
import { AcknowledgeEscalation } from '../escalations/acknowledge-escalation.js';
import { AnswerExtension } from '../extensions/answer-extension.js';
import { AskExtension } from '../extensions/ask-extension.js';
import { AcceptReport } from '../reports/accept-report.js';
import { ReturnReport } from '../reports/return-report.js';
import { SubmitReport } from '../reports/submit-report.js';
import { Resume } from '../suspensions/resume.js';
import { Suspend } from '../suspensions/suspend.js';
import { ExtendObligation } from './extend-obligation.js';
import { ReassignObligation } from '../reassignments/reassign-obligation.js';
import { WaiveObligation } from './waive-obligation.js';
import type { Deed } from './random-year.int-fixture.js';

/** Who may take something over: two that owe every report themselves, the city office, and one outside the city. */
const TAKERS = ['SCT', 'UBND-TAYHO', 'VPUBND', 'VPDP-TW'];

const reportsIn = (...states: string[]): Deed['targets'] => {
  const list = states.map((state) => `'${state}'`).join(', ');
  return (year) =>
    year.ids(
      `SELECT r.id FROM report r JOIN obligation o ON o.id = r.obligation_id
       WHERE r.state IN (${list}) AND o.state ${states.includes('submitted') ? "= 'fulfilled'" : "= 'open'"} ORDER BY r.id`,
    );
};
const owed: Deed['targets'] = (year) => year.ids(`SELECT id FROM obligation WHERE state = 'open' ORDER BY id`);

/** Everything that people may do, each valid where it is done. */
export const deeds: Readonly<Record<string, Deed>> = {
  submit: {
    targets: reportsIn('draft', 'returned'),
    act: ({ planning }, reportId) => planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message()),
  },
  return: {
    targets: reportsIn('submitted'),
    act: ({ planning }, reportId) => planning.get(ReturnReport).execute({ reportId, reason: 'Thiếu số liệu.' }, planning.message()),
  },
  accept: {
    targets: reportsIn('submitted'),
    act: ({ planning }, reportId) => planning.get(AcceptReport).execute({ reportId }, planning.message()),
  },
  extend: {
    targets: owed,
    act: async (year, obligationId, pick) => {
      const date = (await year.laterThanDue(obligationId, 1 + (pick % 12))).toString();
      const deadline = { word: 'NO_LATER_THAN', date } as const;
      const { planning } = year;
      return planning.get(ExtendObligation).execute({ obligationId, deadline, reason: 'Chờ số liệu.' }, planning.message());
    },
  },
  waive: {
    targets: owed,
    act: ({ planning }, obligationId) =>
      planning.get(WaiveObligation).execute({ obligationId, reason: 'Không phát sinh.' }, planning.message()),
  },
  reassign: {
    targets: owed,
    act: ({ planning }, obligationId, pick) => {
      const toAgency = TAKERS[pick % TAKERS.length]!;
      return planning.get(ReassignObligation).execute({ obligationId, toAgency, reason: 'Phân công lại.' }, planning.message());
    },
    mayRefuse: ['same-debtor', 'debtor-is-creditor', 'already-owed', 'agency-ended'],
  },
  'ask for more time': {
    targets: (year) =>
      year.ids(`SELECT o.id FROM obligation o WHERE o.state = 'open' AND o.kind <> 'extension-answer'
        AND NOT EXISTS (SELECT 1 FROM extension e WHERE e.obligation_id = o.id AND e.state = 'asked') ORDER BY o.id`),
    act: async (year, obligationId, pick) => {
      const { planning } = year;
      const wishedFor = (await year.laterThanDue(obligationId, 2 + (pick % 10))).toString();
      return planning.get(AskExtension).execute({ obligationId, wishedFor, reason: 'Chờ số liệu.' }, planning.message());
    },
  },
  'answer for more time': {
    targets: (year) => year.ids(`SELECT id FROM extension WHERE state = 'asked' ORDER BY id`),
    act: ({ planning }, extensionId, pick) => {
      const verdict = pick % 3 === 0 ? ('refuse' as const) : ('grant' as const);
      const force = pick % 3 === 2 ? ({ ground: 'force-majeure', decision: '02/TB-BCĐ' } as const) : ({ ground: 'ordinary' } as const);
      const ground = verdict === 'grant' ? force : ({ ground: 'ordinary' } as const);
      return planning.get(AnswerExtension).execute({ extensionId, verdict, answer: 'Đã xem xét.', ...ground }, planning.message());
    },
    // The day that was asked for may have passed while nobody answered.
    mayRefuse: ['deadline-passed', 'deadline-not-later'],
  },
  delegate: {
    targets: (year) => year.ids(`SELECT id FROM contact WHERE active AND role = 'HEAD' ORDER BY id`),
    act: async (year, contactId, pick) => {
      const { planning } = year;
      const head = await planning.database.contact.findUniqueOrThrow({
        where: { id: contactId },
        include: { agency: { include: { contacts: true } } },
      });
      const focal = head.agency.contacts.find(({ role, active }) => role === 'FOCAL' && active)!;
      const days = { fromOn: year.today.toString(), toOn: year.ahead(pick % 5).toString() };
      return planning.get(Delegate).execute({ contactId, toContactId: focal.id, ...days, reason: 'Đi công tác.' }, planning.message());
    },
    mayRefuse: ['delegation-overlaps'],
  },
  dissolve: {
    // Two of the nine reporters at most, so that there is somebody left to chase.
    targets: (year) =>
      year.ids(`SELECT code AS id FROM agency WHERE code IN ('UBND-SONTAY', 'UBND-QUOCOAI') AND end_decision IS NULL ORDER BY code`),
    act: (year, agency, pick) => {
      const { planning } = year;
      const endsOn = year.ahead(pick % 15).toString();
      return planning.get(DissolveAgency).execute({ agency, endsOn, successor: 'UBND-HADONG', decision: '01/QĐ-UBND' }, planning.message());
    },
  },
  exclude: {
    targets: (year) =>
      year.ids(`SELECT u.id || ' ' || i.id AS id FROM requirement_input x JOIN report u ON u.requirement_id = x.upward_id JOIN report i ON i.requirement_id = x.input_id
        WHERE u.state IN ('draft', 'returned') AND i.state IN ('draft', 'returned') AND u.period_key = i.period_key ORDER BY 1`),
    act: ({ planning }, pair) => {
      const [upwardReportId, reportId] = pair.split(' ') as [string, string];
      return planning.get(ExcludeReport).execute({ upwardReportId, reportId, reason: 'Không phát sinh.' }, planning.message());
    },
    mayRefuse: ['already-excluded', 'consolidation-closed', 'not-an-input'],
  },
  include: {
    targets: (year) =>
      year.ids(`SELECT c.upward_id || ' ' || c.input_id AS id FROM consolidated_input c JOIN report u ON u.id = c.upward_id
        WHERE c.standing = 'excluded' AND u.state IN ('draft', 'returned') ORDER BY 1`),
    act: ({ planning }, pair) => {
      const [upwardReportId, reportId] = pair.split(' ') as [string, string];
      return planning.get(IncludeReport).execute({ upwardReportId, reportId, reason: 'Có phát sinh.' }, planning.message());
    },
    mayRefuse: ['not-an-input'],
  },
  suspend: {
    // A task now and then, and the plan itself; each for some days or until somebody lets it go on.
    targets: (year) =>
      year.ids(`SELECT t.code AS id FROM task t WHERE NOT t.retired AND t.status NOT IN ('done', 'cancelled')
        AND NOT EXISTS (SELECT 1 FROM suspension s WHERE s.task_id = t.id AND s.ended_at IS NULL)
        UNION ALL SELECT '' FROM plan p WHERE NOT EXISTS (SELECT 1 FROM suspension s WHERE s.plan_id = p.id AND s.task_id IS NULL AND s.ended_at IS NULL) ORDER BY 1`),
    act: async (year, task, pick) => {
      const { planning } = year;
      const { id: planId } = await planning.database.plan.findFirstOrThrow();
      const fromOn = year.today.add({ days: (pick % 7) - 2 });
      const untilOn = pick % 2 === 0 ? { untilOn: fromOn.add({ days: 3 + (pick % 9) }).toString() } : {};
      const days = { fromOn: fromOn.toString(), ...untilOn };
      const asked = { planId, decision: '02/TB-BCĐ', reason: 'Dịch Covid-19.', ...days, ...(task === '' ? {} : { task }) };
      return planning.get(Suspend).execute(asked, planning.message());
    },
    mayRefuse: ['suspension-overlaps', 'before-the-plan'],
  },
  resume: {
    targets: (year) => year.ids(`SELECT id FROM suspension WHERE ended_at IS NULL ORDER BY id`),
    act: ({ planning }, suspensionId) =>
      planning.get(Resume).execute({ suspensionId, decision: '10/TB-BCĐ', reason: 'Đã kiểm soát dịch.' }, planning.message()),
  },
  supplement: {
    // The next thing in the life of a supplement: declared and asked for, handed in, then returned or approved.
    targets: (year) =>
      year.ids(`SELECT d.state || ' ' || d.id AS id FROM approval_dossier d WHERE d.kind = 'budget-supplement' AND d.state <> 'approved'
        UNION ALL SELECT 'missing ' || id FROM plan WHERE parent_id IS NULL ORDER BY 1`),
    act: async (year, target, pick) => {
      const { planning } = year;
      const [state, id] = target.split(' ') as [string, string];
      if (state === 'missing') return year.lacksMoney(id, pick);
      if (state === 'submitted' && pick % 2 === 0)
        return planning.get(ReturnDossier).execute({ dossierId: id, remarks: 'Làm rõ số thiếu.' }, planning.message());
      const document = { documentNumber: '99/STC-NS', documentDate: year.today.toString() };
      if (state === 'submitted') return planning.get(ApproveDossier).execute({ dossierId: id, ...document }, planning.message());
      await planning
        .get(SaveDossierDraft)
        .execute({ dossierId: id, summary: 'Thiếu', content: { amount: 1 + (pick % 1000) } }, planning.message());
      return planning.get(SubmitDossier).execute({ dossierId: id }, planning.message());
    },
  },
  'report to the city office': {
    targets: (year) =>
      year.ids(`SELECT id FROM prepared_document WHERE kind = 'city-list-item' AND state = 'prepared' ORDER BY prepared_at, key`),
    act: ({ planning }, documentId, pick) =>
      planning.get(SendDocument).execute({ documentId, letterNumber: `${String(pick % 1_000)}/SNN-KHTC` }, planning.message()),
  },
  'discard a document': {
    targets: (year) => year.ids(`SELECT id FROM prepared_document WHERE state = 'prepared' ORDER BY prepared_at, key`),
    act: ({ planning }, documentId) => planning.get(DiscardDocument).execute({ documentId, reason: 'Đã cam kết nộp.' }, planning.message()),
  },
  acknowledge: {
    targets: (year) => year.ids(`SELECT id FROM escalation WHERE state = 'raised' ORDER BY raised_at, obligation_id, level`),
    act: (year, escalationId, pick) =>
      year.planning
        .get(AcknowledgeEscalation)
        .execute({ escalationId, until: year.ahead(pick % 8).toString(), note: 'Đang làm việc.' }, year.planning.message()),
  },
};
