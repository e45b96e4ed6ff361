import { Temporal } from 'temporal-polyfill';
import { formatDate } from '#calendar';
import { DomainError, type FindingState, type InspectionState } from '#contracts';

/** An inspection as its use cases hold it: locked, in their transaction. */
export interface HeldInspection {
  readonly id: string;
  readonly planId: string;
  readonly taskId: string | null;
  readonly agencyId: string;
  readonly state: InspectionState;
  readonly version: number;
  readonly standingAgencyId: string;
  readonly issuerId: string;
  readonly cityOfficeId: string;
}

/** A finding as its use cases hold it: locked, in their transaction. */
export interface HeldFinding {
  readonly id: string;
  readonly inspectionId: string;
  readonly ordinal: number;
  readonly obligationId: string;
  readonly state: FindingState;
  readonly version: number;
}

/**
 * Who answers for the plan towards an agency: the standing agency (SEED-43), and towards the standing agency itself the plan's issuer. An agency that
 * carries out a plan of its own issued it too: towards it the city office does, as in its escalations.
 */
export function superiorOf(
  agencyId: string,
  plan: { readonly standingAgencyId: string; readonly issuerId: string; readonly cityOfficeId: string },
): string {
  if (agencyId !== plan.standingAgencyId) return plan.standingAgencyId;
  return agencyId === plan.issuerId ? plan.cityOfficeId : plan.issuerId;
}

/** Letters of a finding that a title shows; the finding itself is kept whole. */
const IN_A_TITLE = 120;

/** How mails and lists name what a finding obliges to. */
export function titleOf(finding: string, heldOn: Temporal.PlainDate) {
  const line = finding.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '');
  const named = line.length > IN_A_TITLE ? `${line.slice(0, line.lastIndexOf(' ', IN_A_TITLE)).trimEnd()}…` : line;
  const on = formatDate(heldOn);
  return {
    title: `Khắc phục tồn tại “${named}”`,
    titleEn: `Remedy of the finding “${named}”`,
    period: `theo kết quả kiểm tra ngày ${on}`,
    periodEn: `inspection of ${on}`,
  };
}

/** @throws DomainError `inspection-not-planned` */
export function mustBePlanned({ state }: Pick<HeldInspection, 'state'>): void {
  if (state === 'planned') return;
  throw new DomainError('inspection-not-planned', `This inspection was ${state} already. Plan another one if another visit is needed.`, [
    { state },
  ]);
}

/** @throws DomainError `finding-not-answered` */
export function mustBeAnswered({ state }: Pick<HeldFinding, 'state'>): void {
  if (state === 'answered') return;
  throw new DomainError(
    'finding-not-answered',
    state === 'open'
      ? 'The inspected agency has not answered this finding yet; only an answer can be taken or found wanting.'
      : 'This finding is closed for good.',
    [{ state }],
  );
}
