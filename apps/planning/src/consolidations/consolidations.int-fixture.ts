import type { Figures } from '#contracts';
import { at, type PlanningFixture } from '../obligations/planning.int-fixture.js';
import { AcceptReport } from '../reports/accept-report.js';
import { ReportViews } from '../reports/report-view.repository.js';
import { ReturnReport } from '../reports/return-report.js';
import { ReviseReport } from '../reports/revise-report.js';
import { SubmitReport } from '../reports/submit-report.js';
import { ConsolidateReports } from './consolidate-reports.js';
import { ConsolidationViews } from './consolidation-view.repository.js';
import { ExcludeReport } from './exclude-report.js';
import { IncludeReport } from './include-report.js';

/** What tests of consolidations do with reports, on whichever service is under test. */
export function consolidating(planning: () => PlanningFixture) {
  const input = async (agency: string, period = '2020-06') => (await planning().report(agency, 'BC-THANG', period)).id;
  const upward = async (requirement = 'R1-UBNDTP', period = '2020-06') => (await planning().report('SNNPTNT', requirement, period)).id;
  const submit = (reportId: string, figures?: Figures) =>
    planning()
      .get(SubmitReport)
      .execute({ reportId, note: '', ...(figures ? { figures } : {}) }, planning().message());
  const accept = (reportId: string, seenVersion?: number) =>
    planning().get(AcceptReport).execute({ reportId, seenVersion }, planning().message());
  const giveBack = (reportId: string) => planning().get(ReturnReport).execute({ reportId, reason: 'Sai số liệu' }, planning().message());
  const revise = (reportId: string) => planning().get(ReviseReport).execute({ reportId, reason: 'Đính chính' }, planning().message());
  const consolidate = (upwardReportId: string, seenVersion?: number) =>
    planning().get(ConsolidateReports).execute({ upwardReportId, seenVersion }, planning().message());
  const exclude = (upwardReportId: string, reportId: string, seenVersion?: number) =>
    planning().get(ExcludeReport).execute({ upwardReportId, reportId, reason: 'Không phát sinh', seenVersion }, planning().message());
  const include = (upwardReportId: string, reportId: string) =>
    planning().get(IncludeReport).execute({ upwardReportId, reportId, reason: 'Có phát sinh' }, planning().message());
  const handIn = async (agency: string, figures?: Figures, period?: string) => {
    const id = await input(agency, period);
    await submit(id, figures);
    await accept(id);
    return id;
  };
  const seen = (reportId: string) => planning().get(ConsolidationViews).find(reportId);
  const stateOf = async (reportId: string) => (await planning().get(ReportViews).find(reportId)).state;
  const standings = async (reportId: string) => Object.fromEntries((await seen(reportId)).inputs.map((one) => [one.agency, one.standing]));
  const sums = async (reportId: string) => (await seen(reportId)).sums;
  const told = async (subjectId: string) =>
    (await planning().database.history.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map((line) => line.what);
  const refusal = (work: () => Promise<unknown>) => planning().refused(work);
  const openAt = (local: string) => {
    planning().clock.set(at(local));
    return planning().openReports();
  };
  return {
    input,
    upward,
    submit,
    accept,
    giveBack,
    revise,
    consolidate,
    exclude,
    include,
    handIn,
    seen,
    stateOf,
    standings,
    sums,
    told,
    refusal,
    openAt,
  };
}
