import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, plainToDate } from '#calendar';
import {
  DomainError,
  personChanged,
  type changeInstitution,
  type changeTrainer,
  type InstitutionKind,
  type institutionView,
  type listInstitutions,
  type listTrainers,
  type PayloadOf,
  type recordInstitution,
  type recordTrainer,
  type trainerView,
} from '#contracts';
import { Outbox } from '#messaging';
import type { Prisma } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import type { HeldTrainer } from './trainer.js';

type View = z.output<typeof trainerView>;

const shown = { institution: true, absences: { orderBy: { fromOn: 'asc' } } } as const satisfies Prisma.TrainerInclude;
type Shown = Prisma.TrainerGetPayload<{ include: typeof shown }>;

/** Trainers, where they come from, and when they are away. Whoever keeps copies of people is told of each change of a trainer. */
@Injectable()
export class TrainerRepository {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError `institution-code-taken` */
  async createInstitution(tx: Tx, id: string, institution: PayloadOf<typeof recordInstitution>): Promise<void> {
    const { count } = await tx.institution.createMany({ data: [{ id, ...institution }], skipDuplicates: true });
    if (count === 0) throw new DomainError('institution-code-taken', `There is an institution ${institution.code} already.`);
  }

  /** @throws DomainError `institution-not-found` */
  async kindOf(tx: Tx, institutionId: string): Promise<InstitutionKind> {
    const row = await tx.institution.findUnique({ where: { id: institutionId } });
    if (row) return row.kind as InstitutionKind;
    throw new DomainError('institution-not-found', `There is no institution ${institutionId}. GET /api/v1/institutions lists them.`);
  }

  /**
   * Locks an institution, then its trainers, to the end of the transaction.
   * @returns it, with the ids of trainers for whom no reason is on record. @throws DomainError `institution-not-found`
   */
  async holdInstitution(tx: Tx, id: string): Promise<{ kind: InstitutionKind; version: number; withoutReason: string[] }> {
    await tx.$queryRaw`SELECT id FROM institution WHERE id = ${id}::uuid FOR UPDATE`;
    const row = await tx.institution.findUnique({ where: { id } });
    if (!row) throw new DomainError('institution-not-found', `There is no institution ${id}. GET /api/v1/institutions lists them.`);
    await tx.$queryRaw`SELECT id FROM trainer WHERE institution_id = ${id}::uuid ORDER BY id FOR NO KEY UPDATE`;
    const without = await tx.trainer.findMany({
      where: { institutionId: id, overrideReason: null },
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    return { kind: row.kind as InstitutionKind, version: row.version, withoutReason: without.map((one) => one.id) };
  }

  /** Changes an institution that is held, and tells of its trainers anew. @returns its new version */
  async changeInstitution(tx: Tx, id: string, changes: PayloadOf<typeof changeInstitution>['changes']): Promise<number> {
    const data = { ...changes, version: { increment: 1 } } as Prisma.InstitutionUncheckedUpdateInput;
    const { version } = await tx.institution.update({ where: { id }, data });
    await tx.trainer.updateMany({ where: { institutionId: id }, data: { version: { increment: 1 } } });
    const rows = await tx.trainer.findMany({ where: { institutionId: id }, include: shown, orderBy: { id: 'asc' } });
    for (const row of rows) await this.tell(tx, row);
    return version;
  }

  async create(tx: Tx, id: string, trainer: PayloadOf<typeof recordTrainer>, institutionKind: InstitutionKind): Promise<void> {
    await this.tell(tx, await tx.trainer.create({ data: { id, ...trainer, institutionKind }, include: shown }));
  }

  /** Locks a trainer to the end of the transaction: who changes and who books them wait for each other. @throws DomainError `trainer-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldTrainer> {
    await tx.$queryRaw`SELECT id FROM trainer WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    return (await tx.trainer.findUnique({ where: { id } })) ?? missing(id);
  }

  /** Changes a trainer who is held. @returns the new version */
  async change(
    tx: Tx,
    id: string,
    changes: PayloadOf<typeof changeTrainer>['changes'] | { active: false },
    institutionKind?: InstitutionKind,
  ): Promise<number> {
    const kind = institutionKind === undefined ? {} : { institutionKind };
    const data = { ...changes, ...kind, version: { increment: 1 } } as Prisma.TrainerUncheckedUpdateInput;
    const row = await tx.trainer.update({ where: { id }, data, include: shown });
    await this.tell(tx, row);
    return row.version;
  }

  async createAbsence(tx: Tx, absence: { id: string; trainerId: string; fromOn: string; toOn: string; reason: string }): Promise<void> {
    await tx.trainerAbsence.create({ data: { ...absence, fromOn: dateIn(absence.fromOn), toOn: dateIn(absence.toOn) } });
  }

  /** Whether the trainer is away on any of these days already. Both included. */
  async isAway(tx: Tx, trainerId: string, fromOn: string, toOn: string): Promise<boolean> {
    return (await tx.trainerAbsence.count({ where: { trainerId, fromOn: { lte: dateIn(toOn) }, toOn: { gte: dateIn(fromOn) } } })) > 0;
  }

  /** Of some days those on which the trainer is away, as `yyyy-mm-dd`. */
  async awayOn(tx: Tx, trainerId: string, days: readonly Temporal.PlainDate[]): Promise<Set<string>> {
    const rows = await tx.$queryRaw<{ day: string }[]>`
      SELECT d.day::text AS day FROM unnest(${days.map(plainToDate)}::date[]) AS d(day)
      WHERE EXISTS (SELECT FROM trainer_absence a WHERE a.trainer_id = ${trainerId}::uuid AND d.day BETWEEN a.from_on AND a.to_on)`;
    return new Set(rows.map((row) => row.day));
  }

  /** @returns whose absence it was @throws DomainError `absence-not-found` */
  async removeAbsence(tx: Tx, id: string): Promise<string> {
    const row = await tx.trainerAbsence.findUnique({ where: { id } });
    if (row && (await tx.trainerAbsence.deleteMany({ where: { id } })).count > 0) return row.trainerId;
    throw new DomainError('absence-not-found', `There is no absence ${id}. GET /api/v1/trainers shows those of each trainer.`);
  }

  /** In order of their id. */
  async list(filter: PayloadOf<typeof listTrainers>, limit: number, after: string | undefined): Promise<View[]> {
    const rows = await this.database.trainer.findMany({
      where: {
        ...(filter.institutionId === undefined ? {} : { institutionId: filter.institutionId }),
        ...(filter.speciality === undefined ? {} : { specialities: { has: filter.speciality } }),
        ...(filter.active === undefined ? {} : { active: filter.active }),
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
      include: shown,
    });
    return rows.map(viewOf);
  }

  /** @throws DomainError `trainer-not-found` */
  async view(id: string): Promise<View> {
    const row = await this.database.trainer.findUnique({ where: { id }, include: shown });
    return row ? viewOf(row) : missing(id);
  }

  /** In order of their id. */
  async institutions(
    ask: PayloadOf<typeof listInstitutions>,
    limit: number,
    after: string | undefined,
  ): Promise<z.output<typeof institutionView>[]> {
    const rows = await this.database.institution.findMany({
      where: { ...(ask.kind === undefined ? {} : { kind: ask.kind }), ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return rows.map(({ id, ...row }) => ({ ...row, institutionId: id, kind: row.kind as InstitutionKind }));
  }

  private async tell(tx: Tx, row: Shown): Promise<void> {
    const { name, nameEn } = row.institution;
    await this.outbox.publish(tx, personChanged, {
      personId: row.id,
      version: row.version,
      kind: 'trainer',
      name: row.title === null ? row.fullName : `${row.title} ${row.fullName}`,
      email: row.email,
      phone: row.phone,
      organisation: { name, nameEn },
      language: row.language as View['language'],
      active: row.active,
      forgotten: false,
    });
  }
}

const dateIn = (day: string): Date => plainToDate(Temporal.PlainDate.from(day));

function missing(id: string): never {
  throw new DomainError('trainer-not-found', `There is no trainer ${id}. GET /api/v1/trainers lists them.`);
}

function viewOf({ id, institution, absences, ...row }: Shown): View {
  return {
    ...row,
    trainerId: id,
    institution: institution.name,
    institutionKind: row.institutionKind as InstitutionKind,
    language: row.language as View['language'],
    absences: absences.map((one) => ({
      absenceId: one.id,
      fromOn: dateToPlain(one.fromOn).toString(),
      toOn: dateToPlain(one.toOn).toString(),
      reason: one.reason,
    })),
  };
}
