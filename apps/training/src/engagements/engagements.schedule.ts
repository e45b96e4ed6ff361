import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { InviteDue } from './invite-due.js';

@Injectable()
export class EngagementsSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(inviting: InviteDue) {
    this.schedules = [
      {
        id: 'invite-trainers',
        description: 'Invites trainers whose first session is 20 working days away, and asks once more who did not answer',
        cron: '0 8 * * *',
        missed: 'once',
        run: () => inviting.execute(),
      },
    ];
  }
}
