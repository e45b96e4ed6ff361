import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type submitDossier } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { supplementAmount, type HeldDossier } from './dossier.js';
import { DossierDuties } from './dossier-duties.js';
import { DossierRepository } from './dossier.repository.js';

/** The submitter hands a version in: it is kept as it is, and from now on the approver is the one who is chased. */
@Injectable()
export class SubmitDossier {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly dossiers: DossierRepository,
    private readonly duties: DossierDuties,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `dossier-not-found`, `changed-meanwhile`, `dossier-already-submitted`, `dossier-not-open`, `dossier-unchanged`, `dossier-empty`,
   * `supplement-amount-missing`
   */
  execute(input: PayloadOf<typeof submitDossier>, message: Message): Promise<ReplyOf<typeof submitDossier>> {
    return this.work.once(message, async (tx) => {
      const dossier = await this.dossiers.hold(tx, input.dossierId);
      mustBeSeen('dossier', dossier, input.seenVersion);
      mustBeComplete(dossier);
      const at = this.clock.now();
      const answer = await this.duties.submitted(tx, dossier, at);
      const { number } = dossier.current;
      await this.dossiers.handIn(tx, dossier.id, number, at, answer.obligationId);
      const version = await this.dossiers.move(tx, dossier.id, { state: 'submitted' });
      await this.dossiers.tell(tx, dossier.id, { at, what: 'submitted', detail: { number, answerDueOn: answer.dueOn.toString() } });
      return {
        dossierId: dossier.id,
        state: 'submitted',
        number,
        version,
        at: at.toString(),
        answerDueOn: answer.dueOn.toString(),
      };
    });
  }
}

function mustBeComplete({ state, kind, current }: HeldDossier): void {
  if (state === 'submitted')
    throw new DomainError(
      'dossier-already-submitted',
      'This dossier is handed in already. The approver can return it, and then it can be handed in again.',
    );
  if (state === 'approved' || state === 'withdrawn')
    throw new DomainError('dossier-not-open', `This dossier is ${state} and stays so: open another one.`);
  if (current.state !== 'draft')
    throw new DomainError('dossier-unchanged', 'This version was returned: save a corrected draft first, then hand that in.');
  if (current.summary === '' && Object.keys(current.content).length === 0)
    throw new DomainError('dossier-empty', 'There is nothing in this dossier yet: save a draft with a summary or with fields first.');
  if (kind === 'budget-supplement') supplementAmount(current.content);
}
