import { randomUUID } from 'node:crypto';
import type { changeInstitution, changeTrainer, PayloadOf } from '#contracts';
import { NOWHERE, TrainingFixture } from '../training.int-fixture.js';
import { ChangeInstitution } from './change-institution.js';
import { ChangeTrainer } from './change-trainer.js';
import { RecordAbsence } from './record-absence.js';
import { RemoveAbsence } from './remove-absence.js';
import { RetireTrainer } from './retire-trainer.js';
import { TrainerRepository } from './trainer.repository.js';

let training: TrainingFixture;
beforeAll(async () => {
  training = await TrainingFixture.start('2020-06-01T09:00');
});
afterAll(() => training.stop());

const change = (trainerId: string, changes: PayloadOf<typeof changeTrainer>['changes'], seenVersion = 1) =>
  training.get(ChangeTrainer).execute({ trainerId, changes, reason: 'Theo đề nghị', seenVersion }, training.message());
const retire = (trainerId: string, id?: string) =>
  training.get(RetireTrainer).execute({ trainerId, reason: 'Chuyển công tác' }, training.message(id));
const away = (trainerId: string, fromOn: string, toOn: string, id?: string) =>
  training.get(RecordAbsence).execute({ trainerId, fromOn, toOn, reason: 'Điều trị' }, training.message(id));
const remove = (absenceId: string, id?: string) => training.get(RemoveAbsence).execute({ absenceId }, training.message(id));
const view = (id: string) => training.get(TrainerRepository).view(id);

describe('trainers come from universities or research institutes [SEED-33]', () => {
  it('and any other is refused without a recorded reason, by the use case and by the database', async () => {
    const other = await training.institution('other');
    for (const kind of ['university', 'research-institute'] as const)
      expect(await training.trainer({ institutionId: await training.institution(kind) })).toMatchObject({ active: true, version: 1 });
    await training.refuses('institution-not-academic', () => training.trainer({ institutionId: other }));
    const { trainerId } = await training.trainer({ institutionId: other, overrideReason: 'Nghệ nhân làng nghề' });
    expect(await training.told(trainerId)).toEqual(['recorded: Nghệ nhân làng nghề']);
    await training.refuses('institution-not-academic', () => change(trainerId, { overrideReason: null }));
    await expect(training.database.trainer.update({ where: { id: trainerId }, data: { overrideReason: null } })).rejects.toThrow(
      /trainer_academic/,
    );
    const { trainerId: academic } = await training.trainer();
    await training.refuses('institution-not-academic', () => change(academic, { institutionId: other }));
    const { institutionId } = await view(academic);
    await expect(training.database.institution.update({ where: { id: institutionId }, data: { kind: 'other' } })).rejects.toThrow(
      /trainer_academic/,
    );
    await training.refuses('institution-not-found', () => training.trainer({ institutionId: NOWHERE }));
  });
});

describe('a trainer', () => {
  it('is recorded once by a message that comes twice, and told to whoever writes to people', async () => {
    const [id, institutionId] = [randomUUID(), await training.institution()];
    const first = await training.trainer({ institutionId }, id);
    expect(await training.trainer({ institutionId }, id)).toEqual(first);
    expect(await change(id, { title: 'PGS.TS' })).toEqual({ trainerId: id, active: true, version: 2 });
    await retire(id);
    expect(await view(id)).toMatchObject({
      title: 'PGS.TS',
      fullName: 'Nguyễn Văn Mẫu',
      active: false,
      version: 3,
      institutionKind: 'university',
    });
    const rows = await training.database.outbox.findMany({ where: { name: 'training.person-changed.v1' }, orderBy: { seq: 'asc' } });
    const told = rows.map(
      ({ envelope }) => (envelope as { payload: { personId: string; version: number; active: boolean; name: string } }).payload,
    );
    const mine = told.filter(({ personId }) => personId === id);
    expect(mine.map(({ version, active }) => [version, active])).toEqual([
      [1, true],
      [2, true],
      [3, false],
    ]);
    expect(mine.every(({ name }) => name.startsWith('sealed.1.'))).toBe(true);
    await training.refuses('trainer-retired', () => change(id, { title: 'GS' }, 3));
    await training.refuses('changed-meanwhile', () => change(id, { title: 'GS' }, 2));
    await training.refuses('trainer-retired', () => retire(id));
    await training.refuses('trainer-not-found', () => retire(NOWHERE));
  });

  it('is away on days, once, and is back when that is removed; the history has no name and no reason', async () => {
    const [{ trainerId }, id] = [await training.trainer(), randomUUID()];
    const first = await away(trainerId, '2020-07-06', '2020-07-10', id);
    expect(await away(trainerId, '2020-07-06', '2020-07-10', id)).toEqual(first);
    expect((await view(trainerId)).absences).toEqual([{ absenceId: id, fromOn: '2020-07-06', toOn: '2020-07-10', reason: 'Điều trị' }]);
    await training.refuses('absence-overlaps', () => away(trainerId, '2020-07-10', '2020-07-11'));
    await training.refuses('period-backwards', () => away(trainerId, '2020-07-12', '2020-07-11'));
    await training.refuses('trainer-not-found', () => away(NOWHERE, '2020-07-11', '2020-07-12'));
    const outcomes = await Promise.allSettled([away(trainerId, '2020-08-03', '2020-08-04'), away(trainerId, '2020-08-04', '2020-08-05')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await remove(id);
    expect((await view(trainerId)).absences).toHaveLength(1);
    await training.refuses('absence-not-found', () => remove(id));
    const history = JSON.stringify(await training.database.history.findMany({ where: { subject: 'trainer' } }), (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const personal of ['Mẫu', 'mau@', '0900', 'Điều trị']) expect(history).not.toContain(personal);
  });

  it('is listed by institution, speciality and whether active', async () => {
    const institutionId = await training.institution();
    const [one, two] = [
      await training.trainer({ institutionId, specialities: ['du lịch', 'làng nghề'] }),
      await training.trainer({ institutionId }),
    ];
    await retire(two.trainerId);
    const list = async (filter: object) =>
      (await training.get(TrainerRepository).list({ institutionId, limit: 10, ...filter }, 10, undefined)).map(
        ({ trainerId }) => trainerId,
      );
    expect(await list({})).toEqual([one.trainerId, two.trainerId].sort());
    expect([await list({ speciality: 'làng nghề' }), await list({ active: false })]).toEqual([[one.trainerId], [two.trainerId]]);
    const kinds = await training.get(TrainerRepository).institutions({ kind: 'research-institute', limit: 10 }, 10, undefined);
    expect(kinds.every(({ kind }) => kind === 'research-institute') && kinds.length > 0).toBe(true);
  });
});

describe('an institution', () => {
  const change = (institutionId: string, changes: PayloadOf<typeof changeInstitution>['changes'], seenVersion?: number, id?: string) =>
    training.get(ChangeInstitution).execute({ institutionId, changes, reason: 'Đổi tên', seenVersion }, training.message(id));

  it('is changed with a reason, and what is written to its trainers with it', async () => {
    const [institutionId, id] = [await training.institution(), randomUUID()];
    const { trainerId } = await training.trainer({ institutionId });
    const changed = await change(institutionId, { name: 'Học viện Mẫu' }, 1, id);
    expect(changed).toEqual({ institutionId, version: 2 });
    expect(await change(institutionId, { name: 'Học viện Mẫu' }, 1, id)).toEqual(changed);
    expect(await training.database.institution.findUnique({ where: { id: institutionId } })).toMatchObject({ name: 'Học viện Mẫu' });
    const told = (await training.written('training.person-changed.v1')) as { personId: string; version: number; organisation: object }[];
    expect(told.filter((one) => one.personId === trainerId)).toMatchObject([
      { version: 1 },
      { version: 2, organisation: { name: 'Học viện Mẫu' } },
    ]);
    expect(await training.told(institutionId)).toEqual(['recorded', 'changed: Đổi tên']);
    await training.refuses('changed-meanwhile', () => change(institutionId, { name: 'Khác' }, 1));
    await training.refuses('institution-not-found', () => change(NOWHERE, { name: 'Khác' }));
  });

  it('stays a university or research institute while somebody comes from it for whom no reason is on record [SEED-33]', async () => {
    const institutionId = await training.institution('research-institute');
    const { trainerId } = await training.trainer({ institutionId });
    const { details } = await training.refuses('trainers-not-academic', () => change(institutionId, { kind: 'other' }));
    expect(details).toEqual([{ trainerId }]);
    await change(institutionId, { kind: 'university' });
    expect(await training.database.trainer.findUnique({ where: { id: trainerId } })).toMatchObject({ institutionKind: 'university' });
    const lone = await training.institution();
    expect(await change(lone, { kind: 'other' })).toMatchObject({ version: 2 });
  });
});
