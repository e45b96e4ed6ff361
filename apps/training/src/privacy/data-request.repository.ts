import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, plainToDate, toDate, toInstant } from '#calendar';
import {
  DomainError,
  type DataRequestKind,
  type dataRequestView,
  type DataRequestState,
  type exportPersonData,
  type listDataRequests,
  type PayloadOf,
  type ReplyOf,
} from '#contracts';
import type { DataRequest as Row } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import type { DataRequest } from './data-request.js';

type View = z.output<typeof dataRequestView>;
type Export = ReplyOf<typeof exportPersonData>;

/** Requests of people about their own data. */
@Injectable()
export class DataRequestRepository {
  constructor(private readonly database: Database) {}

  async create(tx: Tx, request: Omit<DataRequest, 'state' | 'extended' | 'answeredAt' | 'version'>, asked: string): Promise<DataRequest> {
    const { id, traineeId, kind, receivedAt, answerBy, doneBy } = request;
    const data = {
      id,
      traineeId,
      kind,
      asked,
      receivedAt: toDate(receivedAt),
      ackDue: plainToDate(answerBy),
      doneDue: plainToDate(doneBy),
    };
    return requestOf(await tx.dataRequest.create({ data }));
  }

  /** Whose request it is, without a lock: that never changes. @throws DomainError `data-request-not-found` */
  async personOf(tx: Tx, id: string): Promise<string> {
    const row = await tx.dataRequest.findUnique({ where: { id }, select: { traineeId: true } });
    return row?.traineeId ?? missing(id);
  }

  /** Locks a request to the end of the transaction. @throws DomainError `data-request-not-found` */
  async hold(tx: Tx, id: string): Promise<DataRequest> {
    await tx.$queryRaw`SELECT id FROM data_request WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.dataRequest.findUnique({ where: { id } });
    return row ? requestOf(row) : missing(id);
  }

  /** Locks the requests of somebody that are not done, in order of their id. */
  async holdOpen(tx: Tx, traineeId: string): Promise<DataRequest[]> {
    await tx.$queryRaw`
      SELECT id FROM data_request WHERE trainee_id = ${traineeId}::uuid AND state IN ('received', 'answered') ORDER BY id FOR NO KEY UPDATE`;
    const open = { traineeId, state: { in: ['received', 'answered'] } };
    return (await tx.dataRequest.findMany({ where: open, orderBy: { id: 'asc' } })).map(requestOf);
  }

  /** Changes a request that is held. @returns it as it is now */
  async change(
    tx: Tx,
    id: string,
    changes: {
      state?: DataRequestState;
      doneBy?: Temporal.PlainDate;
      answeredAt?: Temporal.Instant;
      doneAt?: Temporal.Instant;
      outcome?: string;
    },
  ): Promise<DataRequest> {
    const { doneBy, answeredAt, doneAt, ...rest } = changes;
    const data = {
      ...rest,
      ...(doneBy ? { doneDue: plainToDate(doneBy), extended: true } : {}),
      ...(answeredAt ? { answeredAt: toDate(answeredAt) } : {}),
      ...(doneAt ? { doneAt: toDate(doneAt) } : {}),
      version: { increment: 1 },
    };
    return requestOf(await tx.dataRequest.update({ where: { id }, data }));
  }

  /** In order of their id. */
  async list(filter: PayloadOf<typeof listDataRequests>, limit: number, after: string | undefined): Promise<View[]> {
    const { traineeId, state } = filter;
    const where = { ...(traineeId === undefined ? {} : { traineeId }), ...(state === undefined ? {} : { state }) };
    const rows = await this.database.dataRequest.findMany({
      where: { ...where, ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return rows.map(viewOf);
  }

  /**
   * Everything that is kept of whoever asked for access.
   * @throws DomainError `data-request-not-found`, `access-not-asked` also for a request that was refused, `trainee-forgotten`
   */
  async exportOf(id: string, asOf: Temporal.Instant): Promise<Export> {
    const request = await this.database.dataRequest.findUnique({ where: { id } });
    if (!request) missing(id);
    if (request.kind !== 'access' || request.state === 'refused')
      throw new DomainError(
        'access-not-asked',
        'This is no request for access that is granted. Record one to see what is kept of the person.',
      );
    const { fullName, unit, ...row } = await this.database.trainee.findUniqueOrThrow({
      where: { id: request.traineeId },
      include: {
        requests: { orderBy: { receivedAt: 'asc' } },
        enrolments: { orderBy: { seq: 'asc' }, include: { class: true, certificate: true, attendances: { include: { session: true } } } },
      },
    });
    if (fullName === null || unit === null) throw new DomainError('trainee-forgotten', 'Nothing is kept of this person any more.');
    return {
      asOf: asOf.toString(),
      person: {
        traineeId: row.id,
        fullName,
        unit,
        position: row.position,
        needs: row.needs,
        email: row.email,
        phone: row.phone,
        language: row.language as Export['person']['language'],
        nominatedBy: row.agency,
        legalBasis: row.legalBasis as Export['person']['legalBasis'],
        basis: row.basis,
        noticeVersion: row.noticeVersion,
        recordedAt: toInstant(row.recordedAt).toString(),
        restricted: row.restricted,
      },
      enrolments: row.enrolments.map((one) => ({
        class: one.class.code,
        title: one.class.title,
        agency: one.agency,
        state: one.state as Export['enrolments'][number]['state'],
        nominatedAt: toInstant(one.nominatedAt).toString(),
        reason: one.reason,
        attendance: one.attendances.map(({ session, status }) => ({
          day: dateToPlain(session.date).toString(),
          part: session.part,
          status,
        })),
        certificate: one.certificate && {
          number: one.certificate.number,
          issuedOn: dateToPlain(one.certificate.issuedOn).toString(),
          revoked: one.certificate.revokedAt !== null,
        },
      })),
      requests: row.requests.map(viewOf),
    };
  }
}

function missing(id: string): never {
  throw new DomainError('data-request-not-found', `There is no request ${id}. GET /api/v1/data-requests lists them.`);
}

function requestOf({ ackDue, doneDue, ...row }: Row): DataRequest {
  return {
    ...row,
    kind: row.kind as DataRequestKind,
    state: row.state as DataRequestState,
    receivedAt: toInstant(row.receivedAt),
    answerBy: dateToPlain(ackDue),
    doneBy: dateToPlain(doneDue),
    answeredAt: row.answeredAt && toInstant(row.answeredAt),
  };
}

function viewOf(row: Row): View {
  const { id, traineeId, kind, state, answerBy, doneBy, receivedAt, answeredAt, version, extended } = requestOf(row);
  return {
    requestId: id,
    traineeId,
    kind,
    state,
    answerBy: answerBy.toString(),
    doneBy: doneBy.toString(),
    version,
    receivedAt: receivedAt.toString(),
    asked: row.asked,
    extended,
    answeredAt: answeredAt?.toString() ?? null,
    doneAt: row.doneAt && toInstant(row.doneAt).toString(),
    outcome: row.outcome,
  };
}
