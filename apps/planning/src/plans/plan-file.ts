import { z } from 'zod';
import { deadlineWords, reportFrequencies, rollPolicies } from '#calendar';
import { agencyCode, contactRoles } from '#contracts';

/*
 * The shape of a programme plan as a file (`plans/*.yaml`). What the plan states names its row of the seed checklist (`seed`); what it does not
 * state says so (`assumption`). `plan.schema.json` is made from this, so that editors check a plan as it is typed.
 */

/** Text that people typed: NFC, no control characters; markup in it is only text. */
const words = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1)
    .max(max)
    // eslint-disable-next-line no-control-regex -- exactly these are refused
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'no control characters');

const seed = z.union([seedId(), z.array(seedId()).min(1)]);
function seedId() {
  return z.string().regex(/^SEED-\d{2}$/, 'a row of the seed checklist, such as SEED-44');
}

/** Every entry says where it comes from. */
const origin = { seed: seed.optional(), assumption: words(500).optional() };
const stated = (entry: { seed?: unknown; assumption?: unknown }) => entry.seed !== undefined || entry.assumption !== undefined;
const needsOrigin = { message: 'says neither which seed row states it (seed: SEED-..) nor why it is assumed (assumption: ...)' };

/** `100/KH-UBND`, `6999/QĐ-UBND`, `19/2022/QĐ-UBND` (Decree 30/2020/NĐ-CP, annex I). */
const documentNumber = z
  .string()
  .normalize('NFC')
  .regex(/^\d{1,6}[a-z]?(?:\/\d{4})?\/\p{Lu}[\p{L}\d&]*(?:-\p{Lu}[\p{L}\d&]*)*$/u, 'a document number such as 100/KH-UBND');

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
    contacts: z.array(contact).default([]),
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
    ...origin,
  })
  .refine(stated, needsOrigin);

const task = z
  .strictObject({
    code: words(20),
    title: words(500),
    lead: agencyCode(),
    coordinators: z.array(agencyCode()).default([]),
    time: words(80),
    budgetSource: words(40).optional(),
    output: words(500).optional(),
    ...origin,
  })
  .refine(stated, needsOrigin);

const report = z
  .strictObject({
    code: words(40),
    title: words(300),
    titleEn: words(300),
    type: z.enum(['PERIODIC', 'THEMATIC', 'AD_HOC']),
    frequency: z.enum(reportFrequencies),
    receiver: agencyCode(),
    reporters: z.array(agencyCode()).min(1),
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
    outline: words(4000).optional(),
    ...origin,
  })
  .refine(stated, needsOrigin);

export const planFileSchema = z.strictObject({
  document: z.strictObject({
    number: documentNumber,
    issuedOn: z.iso.date(),
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
  }),
  legalBases: z.array(legalBasis),
  agencies: z.array(agency).min(1),
  budgetSources: z.array(budgetSource).default([]),
  tasks: z.array(task).default([]),
  reports: z.array(report).default([]),
});

export type PlanFile = z.output<typeof planFileSchema>;
export type AgencyEntry = PlanFile['agencies'][number];
export type ReportEntry = PlanFile['reports'][number];

/** `SEED-17, SEED-18` or null, as it is stored. */
export function seedText(entry: { seed?: string | string[] | undefined }): string | null {
  return entry.seed === undefined ? null : [entry.seed].flat().join(', ');
}
