import { z } from 'zod';
import { deadlineWords, reportFrequencies, rollPolicies } from '#calendar';
import { agencyCode, answerWithin, contactRoles, dong, dossierCode, plannedDossierKinds, reportForm, reportTypes } from '#contracts';

/*
 * The shape of a programme plan as a file (`plans/*.yaml`). What the plan states names its row of the seed checklist (`seed`); what it does not
 * state says so (`assumption`). `plan.schema.json` is made from this, so that editors check a plan as it is typed.
 */

const typed = (max: number) => z.string().trim().normalize('NFC').min(1).max(max);

/** Text on one line. Markup in it is only text; what could turn a line into two, or show it other than it is written, is refused. */
const words = (max: number) =>
  typed(max).regex(
    /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u,
    'must be one line of text: no line breaks, no control characters, no characters that turn the direction of writing',
  );

/** Text that may have several lines. */
const paragraphs = (max: number) =>
  typed(max).regex(/^(?:[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]|[\n\t])*$/u, 'must be text: no control characters');

const seedId = z.string().regex(/^SEED-\d{2}$/, 'a row of the seed checklist, such as SEED-44');
const seed = z.union([seedId, z.array(seedId).min(1).max(20)], {
  error: 'a row of the seed checklist, such as SEED-44, or a list of them',
});

/** Every entry says where it comes from. */
const origin = { seed: seed.optional(), assumption: words(500).optional() };
const stated = (entry: { seed?: unknown; assumption?: unknown }) => entry.seed !== undefined || entry.assumption !== undefined;
const needsOrigin = { error: 'says neither which seed row states it (seed: SEED-..) nor why it is assumed (assumption: ...)' };

/** `100/KH-UBND`, `6999/QĐ-UBND`, `19/2022/QĐ-UBND` (Decree 30/2020/NĐ-CP, annex I). */
const documentNumber = z
  .string()
  .normalize('NFC')
  .regex(/^\d{1,6}[a-z]?(?:\/\d{4})?\/\p{Lu}[\p{L}\d&]*(?:-\p{Lu}[\p{L}\d&]*)*$/u, 'a document number such as 100/KH-UBND');

/** The communes and wards of a city and everybody above them, several times over. */
const MOST_AGENCIES = 1000;

const contact = z.strictObject({
  role: z.enum(contactRoles),
  name: words(120),
  email: z.email(),
  phone: words(40).optional(),
  language: z.enum(['vi', 'en', 'vi+en']).default('vi+en'),
});

const agency = z
  .strictObject({
    code: agencyCode(),
    name: words(200),
    nameEn: words(200),
    shortName: words(80),
    kind: z.enum([
      'CITY_UBND',
      'DEPARTMENT',
      'DISTRICT_UBND',
      'COMMUNE_UBND',
      'OFFICE',
      'CENTRE',
      'MINISTRY',
      'CENTRAL_OFFICE',
      'PRESS',
      'UNIVERSITY',
    ]),
    reportsTo: agencyCode().optional(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().optional(),
    successor: agencyCode().optional(),
    contacts: z.array(contact).max(20).default([]),
    ...origin,
  })
  .refine(stated, needsOrigin);

const legalBasis = z
  .strictObject({ number: documentNumber, issuedOn: z.iso.date(), issuer: words(200), title: words(500), ...origin })
  .refine(stated, needsOrigin);

const budgetSource = z
  .strictObject({
    code: words(40),
    decision: documentNumber,
    holder: agencyCode(),
    text: words(1000),
    condition: words(500).optional(),
    /** Who appraises a supplement when the holder cannot balance the source; none may be asked for without (SEED-39). */
    supplementBy: agencyCode().optional(),
    ...origin,
  })
  .refine(stated, needsOrigin);

const milestone = z.strictObject({ code: words(20), title: words(300), due: z.iso.date(), ...origin }).refine(stated, needsOrigin);

const task = z
  .strictObject({
    code: words(20),
    title: words(500),
    lead: agencyCode(),
    coordinators: z.array(agencyCode()).max(MOST_AGENCIES).default([]),
    time: words(80),
    budgetSource: words(40).optional(),
    /** What the source gives it, in whole đồng; left out where it is not known. */
    budgetAmount: dong().optional(),
    output: words(500).optional(),
    /** Points on the way, each by a day. */
    milestones: z.array(milestone).max(50).default([]),
    ...origin,
  })
  .refine(stated, needsOrigin);

const report = z
  .strictObject({
    code: words(40),
    title: words(300),
    titleEn: words(300),
    type: z.enum(reportTypes),
    frequency: z.enum(reportFrequencies),
    receiver: agencyCode(),
    reporters: z.array(agencyCode()).min(1).max(MOST_AGENCIES),
    due: z.strictObject({
      word: z.enum(deadlineWords),
      dayOfLastMonth: z.int().min(1).max(31),
      roll: z.enum(rollPolicies),
      officeHourCutoff: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
        .optional(),
    }),
    firstPeriod: words(10),
    lastPeriod: words(10),
    ladder: words(40),
    basis: words(500),
    outline: paragraphs(4000).optional(),
    /** The figures that it asks for. */
    form: reportForm().default([]),
    /** Codes of the reports that whoever owes this one receives and puts together in it. */
    consolidates: z.array(words(40)).max(50).default([]),
    /** The receiver owes one as well, for itself (Circular 08/2019/TT-BTP). */
    ownReport: z.boolean().default(false),
    ...origin,
  })
  .refine(stated, needsOrigin);

const approval = z
  .strictObject({
    code: dossierCode(),
    kind: z.enum(plannedDossierKinds, {
      error: `one of ${plannedDossierKinds.join(', ')}; a supplement is asked for after a declared shortfall, not planned (SEED-39)`,
    }),
    title: words(500),
    titleEn: words(500),
    task: words(20).optional(),
    submitter: agencyCode(),
    approver: agencyCode(),
    submitBy: z.iso.date().optional(),
    answerWithin: answerWithin(),
    gates: z.array(words(20)).max(50).default([]),
    ladder: words(40).default('default'),
    ...origin,
  })
  .refine(stated, needsOrigin);

const document = z
  .strictObject({
    number: documentNumber,
    issuedOn: z.iso.date(),
    /** The plan that this one carries out, for an agency's own plan. It must be imported before. */
    parent: z.strictObject({ number: documentNumber, issuedOn: z.iso.date() }).optional(),
    issuePlace: words(100),
    title: words(500),
    programme: words(80),
    year: z.int().min(2000).max(2100),
    field: words(100),
    signatory: words(120),
    effectiveOn: z.iso.date(),
    endsOn: z.iso.date(),
    issuer: agencyCode(),
    standingAgency: agencyCode(),
    cityOffice: agencyCode(),
    ...origin,
  })
  .refine(stated, needsOrigin);

/** Shapes of the parts, so that one entry with a fault does not hide the faults of the others. */
export const partSchemas = { document, agency, budgetSource, task, report, approval } as const;

export const planFileSchema = z.strictObject({
  document,
  legalBases: z.array(legalBasis).max(100),
  agencies: z.array(agency).min(1).max(MOST_AGENCIES),
  budgetSources: z.array(budgetSource).max(200).default([]),
  tasks: z.array(task).max(2000).default([]),
  reports: z.array(report).max(200).default([]),
  approvals: z.array(approval).max(200).default([]),
});

export type PlanFile = z.output<typeof planFileSchema>;
export type AgencyEntry = PlanFile['agencies'][number];
export type TaskEntry = PlanFile['tasks'][number];
export type ReportEntry = PlanFile['reports'][number];
export type ApprovalEntry = PlanFile['approvals'][number];

/** `SEED-17, SEED-18` or null, as it is stored. */
export function seedText(entry: { seed?: string | string[] | undefined }): string | null {
  return entry.seed === undefined ? null : [entry.seed].flat().join(', ');
}
