import { randomUUID } from 'node:crypto';
import { sendMail, type PayloadOf, type TrainerAnswer } from '#contracts';
import { CancelClass } from '../classes/cancel-class.js';
import { ClassViews } from '../classes/class-view.repository.js';
import { PlanClass } from '../classes/plan-class.js';
import { PostponeClass } from '../classes/postpone-class.js';
import { at, TrainingFixture } from '../training.int-fixture.js';
import { AnswerInvitation } from './answer-invitation.js';
import { AssignTrainer } from './assign-trainer.js';
import { EngagementViews } from './engagement-view.repository.js';
import { InviteDue } from './invite-due.js';
import { InviteTrainer } from './invite-trainer.js';
import { RecordAnswer } from './record-answer.js';

export const reason = 'Dịch Covid-19';
/** Monday: 26 working days before the first session of a class that is not planned otherwise. */
export const MONDAY = at('2020-06-01T09:00');

/** Trainers of classes, as their use cases see them. */
export class EngagementsFixture {
  private constructor(
    readonly training: TrainingFixture,
    private readonly courseId: string,
  ) {}

  static async start(): Promise<EngagementsFixture> {
    const training = await TrainingFixture.start('2020-06-01T09:00');
    return new EngagementsFixture(training, (await training.course({ windowTo: '2020-12-31' })).courseId);
  }

  readonly venue = async () => (await this.training.venue({ code: randomUUID().toUpperCase() })).venueId;
  readonly assign = (classId: string, trainerId: string | null, sessionIds?: string[]) =>
    this.training.get(AssignTrainer).execute({ classId, trainerId, ...(sessionIds ? { sessionIds } : {}) }, this.training.message());
  readonly postpone = (classId: string, firstDay?: string) =>
    this.training
      .get(PostponeClass)
      .execute({ classId, decision: '09/TB-SDL', reason, ...(firstDay ? { firstDay } : {}) }, this.training.message());
  readonly cancel = (classId: string) =>
    this.training.get(CancelClass).execute({ classId, decision: '09/TB-SDL', reason }, this.training.message());
  readonly invite = (engagementId: string, id?: string, seenVersion?: number) =>
    this.training
      .get(InviteTrainer)
      .execute({ engagementId, ...(seenVersion === undefined ? {} : { seenVersion }) }, this.training.message(id));
  readonly answer = (token: string, given: TrainerAnswer, id?: string) =>
    this.training
      .get(AnswerInvitation)
      .execute({ token, answer: given, ...(given === 'declined' ? { reason: 'Trùng lịch' } : {}) }, this.training.message(id));
  readonly record = (engagementId: string, given: TrainerAnswer, more: { seenVersion?: number } = {}, id?: string) =>
    this.training.get(RecordAnswer).execute({ engagementId, answer: given, heard: 'Qua điện thoại', ...more }, this.training.message(id));
  readonly cron = () => this.training.get(InviteDue).execute();
  readonly open = (token: string) => this.training.get(EngagementViews).open(token, this.training.clock.now());
  readonly row = (id: string) => this.training.database.engagement.findUniqueOrThrow({ where: { id } });
  readonly state = async (id: string) => (await this.row(id)).state;
  readonly conflicts = async (classId: string) =>
    (await this.training.get(ClassViews).conflicts({ classId }, this.training.clock.now())).map(
      ({ kind, day, part }) => `${kind} ${day} ${part}`,
    );

  /** Invitations of a trainer, oldest first, as notifications reads them. */
  readonly mails = async (trainerId: string) => {
    const all = (await this.training.written(sendMail.name)).map((payload) => sendMail.payload.parse(payload));
    return all.flatMap(({ mail, ...envelope }: PayloadOf<typeof sendMail>) =>
      envelope.recipientId === trainerId && mail.template === 'trainer-invitation' ? [{ ...envelope, mail }] : [],
    );
  };

  /** A class of four sessions in a hall, all of one trainer who is proposed. */
  readonly proposed = async (firstDay = '2020-07-07') => {
    const { trainerId } = await this.training.trainer();
    const given = { courseId: this.courseId, code: randomUUID().toUpperCase(), title: 'Lớp Bát Tràng', district: 'UBND-GIALAM', firstDay };
    const planned = await this.training.get(PlanClass).execute({ ...given, venueId: await this.venue() }, this.training.message());
    await this.assign(planned.classId, trainerId);
    const { id } = await this.training.database.engagement.findFirstOrThrow({ where: { classId: planned.classId, trainerId } });
    return { ...planned, code: given.code, trainerId, id };
  };

  readonly invited = async (firstDay?: string) => {
    const made = await this.proposed(firstDay);
    await this.invite(made.id);
    return { ...made, token: (await this.mails(made.trainerId)).at(-1)!.mail.token };
  };
}

/** A session of each half day of the class that `proposed` makes. */
export const halfDays = ['2020-07-07 morning', '2020-07-07 afternoon', '2020-07-08 morning', '2020-07-08 afternoon'];
