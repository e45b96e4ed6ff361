import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { dateToPlain, toInstant } from '#calendar';
import {
  DomainError,
  type certificateView,
  type confirmCertificate,
  type listCertificates,
  type PayloadOf,
  type ReplyOf,
} from '#contracts';
import type { AgencyNames } from '../agencies/agency.js';
import { AgencyRepository } from '../agencies/agency.repository.js';
import type { Prisma } from '../generated/prisma/client.js';
import { Database } from '../persistence/database.js';
import { codeOf } from './certificate.js';

type View = z.output<typeof certificateView>;

const shown = {
  enrolment: {
    include: {
      trainee: true,
      class: { include: { course: true, sessions: { where: { active: true }, orderBy: { startsAt: 'asc' } } } },
    },
  },
} as const satisfies Prisma.CertificateInclude;
type Shown = Prisma.CertificateGetPayload<{ include: typeof shown }>;

/** What is seen of certificates. */
@Injectable()
export class CertificateViews {
  constructor(
    private readonly database: Database,
    private readonly agencies: AgencyRepository,
  ) {}

  /** In order of year and number, each with the key that the next page begins after. */
  async list({ classId, year }: PayloadOf<typeof listCertificates>, limit: number, after: string | undefined): Promise<View[]> {
    const [afterYear, afterSerial] = (after ?? '0-0').split('-').map(Number);
    const rows = await this.database.certificate.findMany({
      where: {
        ...(year === undefined ? {} : { year }),
        ...(classId === undefined ? {} : { enrolment: { classId } }),
        OR: [{ year: { gt: afterYear ?? 0 } }, { year: afterYear ?? 0, serial: { gt: afterSerial ?? 0 } }],
      },
      orderBy: [{ year: 'asc' }, { serial: 'asc' }],
      take: limit,
      include: shown,
    });
    const issuers = await this.issuers(rows);
    return rows.map((row) => viewOf(row, issuers));
  }

  /** @throws DomainError `certificate-not-found` */
  async view(id: string): Promise<View> {
    const row = await this.database.certificate.findUnique({ where: { id }, include: shown });
    if (row) return viewOf(row, await this.issuers([row]));
    throw new DomainError('certificate-not-found', `There is no certificate ${id}. GET /api/v1/certificates lists them.`);
  }

  /**
   * What anybody who has the code may see.
   * @param typed the code as somebody typed it
   * @throws DomainError `certificate-not-found`
   */
  async confirm(typed: string): Promise<ReplyOf<typeof confirmCertificate>> {
    const row = await this.database.certificate.findUnique({ where: { code: codeOf(typed) }, include: shown });
    if (!row) throw new DomainError('certificate-not-found', 'No certificate has this code. Look at the letters once more.');
    return confirmedOf(row, await this.issuers([row]));
  }

  private issuers(rows: readonly Shown[]): Promise<Map<string, AgencyNames>> {
    return this.agencies.names(
      this.database,
      rows.map(({ enrolment }) => enrolment.class.course.leadAgency),
    );
  }
}

function confirmedOf({ enrolment, ...row }: Shown, issuers: ReadonlyMap<string, AgencyNames>): ReplyOf<typeof confirmCertificate> {
  const { course, sessions } = enrolment.class;
  const code = course.leadAgency;
  const issuer = issuers.get(code);
  const days = sessions.map(({ date }) => dateToPlain(date).toString());
  const issuedOn = dateToPlain(row.issuedOn).toString();
  return {
    number: row.number,
    name: enrolment.trainee.fullName,
    course: { title: course.title, titleEn: course.titleEn },
    issuer: { code, name: issuer?.name ?? code, nameEn: issuer?.nameEn ?? code },
    firstDay: days.at(0) ?? issuedOn,
    lastDay: days.at(-1) ?? issuedOn,
    attended: row.attended,
    sessions: row.sessions,
    issuedOn,
    revokedAt: row.revokedAt && toInstant(row.revokedAt).toString(),
  };
}

function viewOf(row: Shown, issuers: ReadonlyMap<string, AgencyNames>): View {
  const { enrolment, id, year, serial, code, signatory, signatoryPosition, revokedReason } = row;
  return {
    certificateId: id,
    year,
    serial,
    ...confirmedOf(row, issuers),
    classId: enrolment.classId,
    class: enrolment.class.code,
    enrolmentId: enrolment.id,
    agency: enrolment.agency,
    unit: enrolment.trainee.unit,
    signatory,
    signatoryPosition,
    code,
    revokedReason,
  };
}
