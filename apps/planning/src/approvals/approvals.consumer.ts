import { Controller } from '@nestjs/common';
import { approveDossier, openDossier, returnDossier, saveDossierDraft, submitDossier, withdrawDossier, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { ApproveDossier } from './approve-dossier.js';
import { OpenDossier } from './open-dossier.js';
import { ReturnDossier } from './return-dossier.js';
import { SaveDossierDraft } from './save-dossier-draft.js';
import { SubmitDossier } from './submit-dossier.js';
import { WithdrawDossier } from './withdraw-dossier.js';

@Controller()
export class ApprovalsConsumer {
  constructor(
    private readonly opening: OpenDossier,
    private readonly saving: SaveDossierDraft,
    private readonly submitting: SubmitDossier,
    private readonly returning: ReturnDossier,
    private readonly approving: ApproveDossier,
    private readonly withdrawing: WithdrawDossier,
  ) {}

  @On(openDossier)
  open(payload: PayloadOf<typeof openDossier>, message: Message) {
    return this.opening.execute(payload, message);
  }

  @On(saveDossierDraft)
  save(payload: PayloadOf<typeof saveDossierDraft>, message: Message) {
    return this.saving.execute(payload, message);
  }

  @On(submitDossier)
  submit(payload: PayloadOf<typeof submitDossier>, message: Message) {
    return this.submitting.execute(payload, message);
  }

  @On(returnDossier)
  return(payload: PayloadOf<typeof returnDossier>, message: Message) {
    return this.returning.execute(payload, message);
  }

  @On(approveDossier)
  approve(payload: PayloadOf<typeof approveDossier>, message: Message) {
    return this.approving.execute(payload, message);
  }

  @On(withdrawDossier)
  withdraw(payload: PayloadOf<typeof withdrawDossier>, message: Message) {
    return this.withdrawing.execute(payload, message);
  }
}
