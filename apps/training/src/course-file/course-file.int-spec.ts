import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClassViews } from '../classes/class-view.repository.js';
import { PlanClass } from '../classes/plan-class.js';
import { CourseRepository } from '../courses/course.repository.js';
import { NOWHERE, TASK, TrainingFixture } from '../training.int-fixture.js';
import { TrainerRepository } from '../trainers/trainer.repository.js';
import { ImportCourses } from './import-courses.js';

const TEXT = readFileSync(join(import.meta.dirname, '../../../../plans/training-2020.yaml'), 'utf8');
const TAUGHT = { ...TASK, taskId: randomUUID(), code: 'II.2.d', window: { from: '2020-04-01', to: '2020-09-30' } };

let training: TrainingFixture;
let version = 0;
beforeAll(async () => {
  training = await TrainingFixture.start('2020-05-18T09:00');
  const codes = ['SCT', 'TTKC', 'UBND-HADONG', 'UBND-QUOCOAI', 'UBND-SONTAY'];
  await training.database.agency.createMany({
    data: codes.map((code) => ({
      id: randomUUID(),
      code,
      name: code,
      nameEn: code,
      shortName: code,
      kind: 'department',
      validFrom: new Date('2008-08-01'),
      version: 1,
    })),
  });
});
afterAll(() => training.stop());

const take = (yaml = TEXT, id?: string) =>
  training.get(ImportCourses).execute({ fileName: 'training-2020.yaml', yaml }, training.message(id));
const task = (changes: object = {}) => training.task({ ...TAUGHT, version: (version += 1), ...changes });
/** The file with passages replaced; each must be there. */
const changed = (...passages: readonly (readonly [string, string])[]) =>
  passages.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the file does not say: ${from}`);
    return text.replace(from, () => to);
  }, TEXT);
const faults = async (yaml: string) => {
  const { details } = await training.refuses('course-file-invalid', () => take(yaml));
  return (details as { line: number; path: string; message: string }[]).map(({ line, path, message }) => [line > 0, path, message]);
};
const opened = () => training.database.trainingClass.findMany({ orderBy: { code: 'asc' } });
/** A second file of the same shape, with codes of its own. */
const OTHER = TEXT.replaceAll('KHOA-', 'KHOA-2-').replaceAll('LOP-', 'LOP-2-');

describe('the course file of the plan [SEED-32]', () => {
  it('is refused while its plan is not known here', async () => {
    expect(await faults(changed(['number: 100/KH-UBND', 'number: 101/KH-UBND']))).toEqual([
      [true, 'plan.number', 'plan 101/KH-UBND of 2020-05-15 is not known here: import it first'],
    ]);
    // The plan is known, the task is not yet.
    expect(await faults(TEXT)).toEqual([
      [true, 'courses.0.task', 'the plan has no task "II.2.d"'],
      [true, 'courses.1.task', 'the plan has no task "II.2.d"'],
    ]);
  });

  it('brings ten intended classes of 70, venues, and trainers of universities and a research institute; no class before the approval', async () => {
    await task({ approved: false });
    const id = randomUUID();
    const imported = await take(TEXT, id);
    expect(imported).toMatchObject({ documentNumber: '100/KH-UBND', changed: true, classesOpened: 0 });
    expect(await take(TEXT, id)).toEqual(imported);
    const courses = await training.get(CourseRepository).list({ limit: 9, taskId: TAUGHT.taskId }, 9, undefined);
    expect(
      courses.map((one) => [one.code, one.plannedClasses, one.capacity, one.daysPerClass, one.windowFrom, one.windowTo]).sort(),
    ).toEqual([
      ['KHOA-A', 5, 70, 2, '2020-04-01', '2020-09-30'],
      ['KHOA-B', 5, 70, 2, '2020-04-01', '2020-09-30'],
    ]);
    expect(courses.every((one) => one.assumption !== null && one.seedId === 'SEED-32')).toBe(true);
    const trainers = await training.get(TrainerRepository).list({ limit: 50 }, 50, undefined);
    expect(trainers.map((one) => one.institutionKind).filter((kind) => kind === 'other')).toEqual([]);
    expect(trainers.every((one) => one.email.endsWith('.example'))).toBe(true);
    expect([trainers.length, await training.database.intendedClass.count(), (await opened()).length]).toEqual([8, 10, 0]);
    expect(await training.written('training.person-changed.v1')).toHaveLength(8);
  });

  it('changes nothing when it is imported again, and only what differs when it was changed', async () => {
    const before = await training.contents();
    expect(await take()).toMatchObject({ changed: false, changes: [], classesOpened: 0 });
    const after = await training.contents();
    expect(Object.keys(after).filter((table) => after[table] !== before[table])).toEqual(['inbox']);
    const { changes } = await take(
      changed(
        ['capacity: 120', 'capacity: 110'],
        ['title: PGS.TS', 'title: GS.TS'],
        ['title: Lớp A1 tại Hà Đông', 'title: Lớp A1 tại Vạn Phúc'],
        ['Trường Đại học Mẫu về Văn hóa', 'Trường Đại học Văn hóa Mẫu'],
        ['minSize: 30', 'minSize: 25'],
      ),
    );
    expect(changes).toEqual([
      { what: 'course', key: 'KHOA-A', change: 'changed', fields: ['minSize'] },
      { what: 'class', key: 'LOP-A-01', change: 'changed', fields: ['title'] },
      { what: 'venue', key: 'DD-GIALAM', change: 'changed', fields: ['capacity'] },
      { what: 'institution', key: 'DH-MAU-VH', change: 'changed', fields: ['name'] },
      { what: 'trainer', key: 'GV-02', change: 'changed', fields: ['title'] },
    ]);
    await take();
  });

  it('is refused with every fault at its line, and nothing of it is imported', async () => {
    const found = await faults(
      changed(
        ['capacity: 120', 'capacity: 0'],
        ['email: gv-01@dh-mau-dl.example', 'email: nobody'],
        ['objective: Nâng cao', 'aim: Nâng cao'],
      ),
    );
    expect(found.map(([, path]) => path).sort()).toEqual(['courses.0.aim', 'courses.0.objective', 'trainers.0.email', 'venues.1.capacity']);
    expect(
      (
        await faults(
          changed(
            ['code: LOP-A-02', 'code: LOP-A-01'],
            ['institution: DH-MAU-DL', 'institution: DH-KHONG-CO'],
            ['kind: research-institute', 'kind: other'],
            ['venue: DD-HADONG', 'venue: DD-KHONG-CO'],
          ),
        )
      ).map(([, path]) => path),
    ).toEqual([
      'trainers.0.institution',
      'trainers.5.institution',
      'trainers.6.institution',
      'trainers.7.institution',
      'courses.0.classes.0.venue',
      'courses.0.classes.1.code',
    ]);
    expect(
      (
        await faults(
          changed(['leadAgency: SCT', 'leadAgency: SVHTT-CU\n    windowTo: "2020-10-01"'], ['coHost: UBND-GIALAM', 'coHost: NOBODY']),
        )
      ).map(([, path]) => path),
    ).toEqual(['courses.0.task', 'courses.0.leadAgency', 'courses.0.classes.1.coHost']);
    await training.refuses('course-file-invalid', () => take('- : ['));
  });
});

describe('an intended class [SEED-47]', () => {
  it('is opened once when the task is approved: planned, without days; the history says why, and the list shows that days are missing', async () => {
    const now = training.clock.now();
    await task({ status: 'suspended' });
    expect(await opened()).toEqual([]);
    await task();
    const rows = await opened();
    expect(rows.map((one) => `${one.code} ${one.state} ${String(one.capacity)}`)).toEqual(
      ['A', 'B'].flatMap((group) => [1, 2, 3, 4, 5].map((at) => `LOP-${group}-0${String(at)} planned 70`)),
    );
    expect(rows.every((one) => one.venueId !== null)).toBe(true);
    expect(await training.database.classSession.count()).toBe(0);
    expect(await training.told(rows[0]!.id)).toEqual(['opened: task II.2.d is approved']);
    expect((await training.get(ClassViews).conflicts({ kind: 'unscheduled' }, now)).map((one) => one.class)).toEqual(
      rows.map((one) => one.code),
    );
    expect(await training.get(ClassViews).view(rows[0]!.id)).toMatchObject({ course: 'KHOA-A', sessions: [] });
    await task();
    await task({ title: 'Khác' });
    expect(await take()).toMatchObject({ changed: false, classesOpened: 0 });
    expect(await opened()).toHaveLength(10);
  });

  it('is opened by the import when the task is approved already, and not twice by an import and a word of planning at once', async () => {
    const both = await Promise.all([take(OTHER), task(), task()]);
    expect(both[0]).toMatchObject({ changed: true });
    await take(OTHER);
    expect(await opened()).toHaveLength(20);
    expect(await training.database.intendedClass.count({ where: { classId: null } })).toBe(0);
  });

  it('is the one that somebody planned by hand under its code', async () => {
    await task({ approved: false });
    await take(TEXT.replaceAll('KHOA-', 'KHOA-3-').replaceAll('LOP-', 'LOP-3-'));
    const course = await training.database.course.findUniqueOrThrow({ where: { code: 'KHOA-3-A' } });
    await training.database.planTask.update({ where: { id: TAUGHT.taskId }, data: { approved: true } });
    const planned = { courseId: course.id, code: 'LOP-3-A-01', title: 'Bằng tay', district: 'UBND-GIALAM', firstDay: '2020-07-07' };
    const { classId } = await training.get(PlanClass).execute(planned, training.message());
    await task();
    expect(await opened()).toHaveLength(30);
    expect(await training.database.intendedClass.findUnique({ where: { code: 'LOP-3-A-01' } })).toMatchObject({ classId });
    await training.refuses('class-not-found', () => training.get(ClassViews).view(NOWHERE));
  });
});
