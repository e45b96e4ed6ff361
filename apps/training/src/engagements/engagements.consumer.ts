import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { answerInvitation, assignTrainer, inviteTrainer, listEngagements, openInvitation, recordAnswer, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { AnswerInvitation } from './answer-invitation.js';
import { AssignTrainer } from './assign-trainer.js';
import { EngagementViews } from './engagement-view.repository.js';
import { InviteTrainer } from './invite-trainer.js';
import { RecordAnswer } from './record-answer.js';

@Controller()
export class EngagementsConsumer {
  constructor(
    private readonly assigning: AssignTrainer,
    private readonly inviting: InviteTrainer,
    private readonly answering: AnswerInvitation,
    private readonly recording: RecordAnswer,
    private readonly views: EngagementViews,
    private readonly clock: Clock,
  ) {}

  @On(assignTrainer)
  assign(payload: PayloadOf<typeof assignTrainer>, message: Message) {
    return this.assigning.execute(payload, message);
  }

  @On(inviteTrainer)
  invite(payload: PayloadOf<typeof inviteTrainer>, message: Message) {
    return this.inviting.execute(payload, message);
  }

  @On(answerInvitation)
  answer(payload: PayloadOf<typeof answerInvitation>, message: Message) {
    return this.answering.execute(payload, message);
  }

  @On(recordAnswer)
  record(payload: PayloadOf<typeof recordAnswer>, message: Message) {
    return this.recording.execute(payload, message);
  }

  @On(openInvitation)
  open({ token }: PayloadOf<typeof openInvitation>) {
    return this.views.open(token, this.clock.now());
  }

  @On(listEngagements)
  list(ask: PayloadOf<typeof listEngagements>) {
    return pageOf(
      ask,
      (limit, after) => this.views.list(ask, this.clock.now(), limit, after),
      (one) => one.engagementId,
    );
  }
}
