import { randomUUID } from 'node:crypto';
import type { AttendanceStatus, ClassState, PayloadOf, recordCourse } from '#contracts';
import { RecordAttendance } from './attendance/record-attendance.js';
import { BookingRepository } from './bookings/booking.repository.js';
import { PlanClass } from './classes/plan-class.js';
import type { TrainingFixture } from './training.int-fixture.js';

export interface HeldForTest {
  readonly courseId: string;
  readonly classId: string;
  readonly trainerId: string;
  /** In order of time. */
  readonly sessions: readonly string[];
  readonly enrolments: readonly string[];
  readonly trainees: readonly string[];
}

/**
 * A class of two days from 7 July 2020 on, whose trainees are enrolled, as it is once everybody was notified.
 * @param given `days` of the class; fewer or more make other shares of attendance
 */
export async function heldClass(
  training: TrainingFixture,
  given: { trainees?: number; state?: ClassState; firstDay?: string; course?: Partial<PayloadOf<typeof recordCourse>> } = {},
): Promise<HeldForTest> {
  const { trainees = 5, state = 'notified', firstDay = '2020-07-07', course = {} } = given;
  const { courseId } = await training.course({ code: randomUUID().toUpperCase(), ...course });
  const { venueId } = await training.venue({ code: randomUUID().toUpperCase(), capacity: 500 });
  const { trainerId } = await training.trainer();
  const planned = { courseId, code: randomUUID().toUpperCase(), title: 'Lớp Bát Tràng', district: 'UBND-GIALAM', venueId, firstDay };
  const { classId, sessions } = await training.get(PlanClass).execute(planned, training.message());
  await training.database.$transaction(async (tx) => {
    const bookings = training.get(BookingRepository);
    const booked = await bookings.of(tx, classId);
    await bookings.book(
      tx,
      classId,
      booked.map((session) => ({ ...session, trainerId })),
      { trainers: true },
    );
  });
  const people = Array.from({ length: trainees }, (_, index) => ({
    id: randomUUID(),
    agency: 'UBND-GIALAM',
    fullName: `Học Viên <${String(index + 1)}>`,
    unit: 'Hợp tác xã Mẫu',
    email: index === 0 ? null : `hoc-vien-${String(index + 1)}@htx.example`,
    identity: randomUUID(),
    legalBasis: 'state-task',
    basis: '100/KH-UBND',
    noticeVersion: '1',
    recordedAt: new Date(),
  }));
  await training.database.trainee.createMany({ data: people });
  const enrolled = people.map(({ id: traineeId, agency }) => ({
    id: randomUUID(),
    classId,
    courseId,
    traineeId,
    agency,
    state: 'enrolled',
    nominatedAt: new Date(),
  }));
  await training.database.enrolment.createMany({ data: enrolled });
  await training.database.trainingClass.update({ where: { id: classId }, data: { state } });
  return {
    courseId,
    classId,
    trainerId,
    sessions,
    enrolments: enrolled.map(({ id }) => id),
    trainees: people.map(({ id }) => id),
  };
}

/** Records one session: a letter for each enrolment, in order; `-` says nothing of somebody. */
export function mark(training: TrainingFixture, of: HeldForTest, session: number, letters: string, reason?: string) {
  return training
    .get(RecordAttendance)
    .execute(
      { sessionId: of.sessions[session - 1]!, marks: marksOf(of, letters), ...(reason === undefined ? {} : { reason }) },
      training.message(),
    );
}

/** `x` present, `m` late, `p` excused, `v` absent. */
export function marksOf({ enrolments }: HeldForTest, letters: string): { enrolmentId: string; status: AttendanceStatus }[] {
  const meaning: Readonly<Record<string, AttendanceStatus>> = { x: 'present', m: 'late', p: 'excused', v: 'absent' };
  return Array.from(letters).flatMap((letter, index) => {
    const status = meaning[letter];
    return status ? [{ enrolmentId: enrolments[index]!, status }] : [];
  });
}
