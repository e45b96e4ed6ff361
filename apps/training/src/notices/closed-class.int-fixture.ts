import { randomUUID } from 'node:crypto';
import { sendMail, type ClassState, type Mail } from '#contracts';
import { BookingRepository } from '../bookings/booking.repository.js';
import { CancelClass } from '../classes/cancel-class.js';
import { PlanClass } from '../classes/plan-class.js';
import { PostponeClass } from '../classes/postpone-class.js';
import { RosterConflicts } from '../classes/roster-conflicts.repository.js';
import { askedOf } from '../engagements/engagement.js';
import { RecordAnswer } from '../engagements/record-answer.js';
import { LockRoster } from '../rosters/lock-roster.js';
import { at, TrainingFixture } from '../training.int-fixture.js';
import { TellClasses } from './tell-classes.js';

type Of<T extends Mail['template']> = Extract<Mail, { template: T }>;

export const reason = 'Dịch Covid-19';
let training: TrainingFixture;

/** Training with classes that are told of, on a clock that tests set. */
export async function startTraining(): Promise<TrainingFixture> {
  training = await TrainingFixture.start('2020-06-25T09:00');
  await training.task();
  return training;
}

export interface Class {
  readonly classId: string;
  readonly trainerId: string;
  readonly sessions: readonly string[];
  readonly people: readonly string[];
}

/** A class of two days whose nominations are closed and whose trainer accepted. */
export async function closed(given: { people?: number; firstDay?: string; accepted?: boolean; daysOff?: string } = {}): Promise<Class> {
  const { people = 3, firstDay = '2020-07-07', accepted = true, daysOff } = given;
  const { courseId } = await training.course({ code: randomUUID().toUpperCase(), windowTo: '2020-12-31', minSize: 2, capacity: 5 });
  const { venueId } = await training.venue({ code: randomUUID().toUpperCase() });
  const { trainerId } = await training.trainer();
  const planned = { courseId, code: randomUUID().toUpperCase(), title: 'Lớp Bát Tràng', district: 'UBND-GIALAM', venueId, firstDay };
  const plan = training.get(PlanClass).execute({ ...planned, ...(daysOff ? { daysOff } : {}) }, training.message());
  const { classId, sessions } = await plan;
  await teach(classId, trainerId, accepted);
  const ids: string[] = [];
  // Family names in one order, given names in the other: lists are by given name.
  for (let index = 0; index < people; index += 1) ids.push(await join(classId, `Học Viên ${'EDCBA'[index] ?? 'X'}`));
  await inState(classId, 'nomination-closed');
  return { classId, trainerId, sessions, people: ids };
}

export const inState = (classId: string, state: ClassState) =>
  training.database.trainingClass.update({ where: { id: classId }, data: { state } });

/** A trainer has these sessions, or all, and said yes to them. */
export async function teach(classId: string, trainerId: string | null, accepted = true, only?: readonly string[]): Promise<void> {
  const bookings = training.get(BookingRepository);
  const asked = await training.database.$transaction(async (tx) => {
    const booked = await bookings.of(tx, classId);
    const theirs = booked.filter(({ id }) => !only || only.includes(id)).map((session) => ({ ...session, trainerId }));
    await bookings.book(tx, classId, theirs, {});
    return askedOf(theirs);
  });
  if (trainerId === null) return;
  const answered = { invitedAt: new Date(), answerBy: new Date(), asked, answeredAt: new Date(), answeredVia: 'link' };
  const row = accepted ? { state: 'accepted', ...answered } : { state: 'proposed' };
  await training.database.engagement.create({ data: { id: randomUUID(), classId, trainerId, ...row } });
}

/** The trainer was asked anew, and said yes on the telephone. */
export async function accept(classId: string, trainerId: string): Promise<void> {
  const { id: engagementId } = await training.database.engagement.findFirstOrThrow({ where: { classId, trainerId } });
  await training.get(RecordAnswer).execute({ engagementId, answer: 'accepted', heard: 'Điện thoại' }, training.message());
}

/** Somebody is enrolled. @returns their id */
export async function join(
  classId: string,
  fullName: string,
  changes: { email?: string | null; restricted?: boolean } = {},
): Promise<string> {
  const traineeId = randomUUID();
  const { courseId } = await training.database.trainingClass.findUniqueOrThrow({ where: { id: classId } });
  const person = {
    id: traineeId,
    agency: 'UBND-GIALAM',
    fullName,
    unit: 'Hợp tác xã Mẫu',
    identity: randomUUID(),
    email: 'hoc-vien@htx.example',
  };
  const record = { legalBasis: 'state-task', basis: '100/KH-UBND', noticeVersion: '1', recordedAt: new Date() };
  await training.database.trainee.create({ data: { ...person, ...record, ...changes } });
  const enrolment = { id: randomUUID(), classId, courseId, traineeId, agency: 'UBND-GIALAM', state: 'enrolled', nominatedAt: new Date() };
  await training.database.enrolment.create({ data: enrolment });
  return traineeId;
}

export const leave = (classId: string, traineeId: string) => training.database.$executeRaw`
  UPDATE enrolment SET state = 'withdrawn', busy = NULL WHERE class_id = ${classId}::uuid AND trainee_id = ${traineeId}::uuid`;

/** It is then, and the sweep runs. */
export async function sweep(local: string): Promise<void> {
  training.clock.set(at(local));
  await training.get(TellClasses).execute();
}
export const lock = (classId: string, id?: string, seenVersion?: number) =>
  training.get(LockRoster).execute({ classId, ...(seenVersion === undefined ? {} : { seenVersion }) }, training.message(id));
export const postpone = (classId: string, firstDay?: string) =>
  training.get(PostponeClass).execute({ classId, decision: '09/TB-SDL', reason, ...(firstDay ? { firstDay } : {}) }, training.message());
export const cancel = (classId: string) =>
  training.get(CancelClass).execute({ classId, decision: '09/TB-SDL', reason }, training.message());
export const stateOf = async (classId: string) =>
  (await training.database.trainingClass.findUniqueOrThrow({ where: { id: classId } })).state;

/** Mails about a class, oldest first, as the mail service reads them. */
export async function mails(classId: string) {
  const all = (await training.written(sendMail.name)).map((payload) => sendMail.payload.parse(payload));
  return all.filter(({ stream }) => stream === `class.${classId}`);
}
export async function notices(classId: string, personId?: string) {
  return (await mails(classId)).flatMap(({ recipientId, mail }) =>
    mail.template === 'class-notice' && (personId === undefined || recipientId === personId) ? [{ recipientId, ...mail }] : [],
  );
}
export async function rosters(classId: string, trainerId?: string): Promise<Of<'class-roster'>[]> {
  return (await mails(classId)).flatMap(({ recipientId, mail }) =>
    mail.template === 'class-roster' && (trainerId === undefined || recipientId === trainerId) ? [mail] : [],
  );
}
export const said = async (classId: string, personId: string) =>
  (await notices(classId, personId)).map(({ occasion, sequence }) => `${occasion} ${String(sequence)}`);

/** What stands in the list of conflicts about a class and its people, now. */
export async function conflicts(classId: string): Promise<string[]> {
  const found = await training.get(RosterConflicts).list({ classId }, training.clock.now());
  return found.map(({ kind, what }) => `${kind} ${what}`);
}
