import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  approveDossier,
  compareDossierVersions,
  getDossier,
  listDossiers,
  openDossier,
  returnDossier,
  saveDossierDraft,
  submitDossier,
  withdrawDossier,
  type PayloadOf,
} from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const dossierId = getDossier.payload;
type DossierId = PayloadOf<typeof getDossier>;
const opening = bodyOf(openDossier.payload);
const comparison = queryOf(compareDossierVersions.payload.omit({ dossierId: true }));
const draft = bodyOf(saveDossierDraft.payload.omit({ dossierId: true }));
const submission = bodyOf(submitDossier.payload.omit({ dossierId: true }));
const returning = bodyOf(returnDossier.payload.omit({ dossierId: true }));
const approval = bodyOf(approveDossier.payload.omit({ dossierId: true }));
const withdrawal = bodyOf(withdrawDossier.payload.omit({ dossierId: true }));

@ApiTags('Approvals')
@Controller('api/v1/dossiers')
export class DossiersController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listDossiers.reply, 'List dossiers', 'What must be approved: detailed plans of events, project documents, budget supplements.')
  listDossiers(@Query({ schema: queryOf(listDossiers.payload) }) asked: PayloadOf<typeof listDossiers>) {
    return this.queries.ask(listDossiers, asked);
  }

  @Post()
  @Executes(
    openDossier.reply,
    'Open a dossier',
    'For an event or a project document that the plan file does not name. The submission is owed where it has a day, and the tasks it gates wait.',
  )
  openDossier(@Body({ schema: opening }) body: PayloadOf<typeof openDossier>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(openDossier, body, identity);
  }

  @Get(':dossierId')
  @Answers(getDossier.reply, 'Read a dossier with all its versions')
  getDossier(@Param({ schema: dossierId }) asked: DossierId) {
    return this.queries.ask(getDossier, asked);
  }

  @Get(':dossierId/comparison')
  @Answers(
    compareDossierVersions.reply,
    'Compare two versions of a dossier',
    'What was added, removed and changed between them: field by field, and line by line of the summary.',
  )
  compareDossierVersions(@Param({ schema: dossierId }) of: DossierId, @Query({ schema: comparison }) asked: z.output<typeof comparison>) {
    return this.queries.ask(compareDossierVersions, { ...of, ...asked });
  }

  @Post(':dossierId/draft')
  @Executes(saveDossierDraft.reply, 'Save the draft of a dossier', 'Replaces the draft. After a return it begins the next version.')
  saveDossierDraft(
    @Param({ schema: dossierId }) of: DossierId,
    @Body({ schema: draft }) body: z.output<typeof draft>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(saveDossierDraft, { ...of, ...body }, identity);
  }

  @Post(':dossierId/submit')
  @Executes(
    submitDossier.reply,
    'Hand a dossier in',
    'Fulfils the submission; from now on the approver owes an answer and is chased for it.',
  )
  submitDossier(
    @Param({ schema: dossierId }) of: DossierId,
    @Body({ schema: submission }) body: z.output<typeof submission>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(submitDossier, { ...of, ...body }, identity);
  }

  @Post(':dossierId/return')
  @Executes(
    returnDossier.reply,
    'Return a dossier with remarks',
    'The submission is owed again, by the given day or within five working days.',
  )
  returnDossier(
    @Param({ schema: dossierId }) of: DossierId,
    @Body({ schema: returning }) body: z.output<typeof returning>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(returnDossier, { ...of, ...body }, identity);
  }

  @Post(':dossierId/approve')
  @Executes(approveDossier.reply, 'Approve a dossier by a document', 'Final. The tasks and events that it gates may begin.')
  approveDossier(
    @Param({ schema: dossierId }) of: DossierId,
    @Body({ schema: approval }) body: z.output<typeof approval>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(approveDossier, { ...of, ...body }, identity);
  }

  @Post(':dossierId/withdraw')
  @Executes(withdrawDossier.reply, 'Withdraw a dossier', 'Nothing is owed for it any more; what it gates stays shut.')
  withdrawDossier(
    @Param({ schema: dossierId }) of: DossierId,
    @Body({ schema: withdrawal }) body: z.output<typeof withdrawal>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(withdrawDossier, { ...of, ...body }, identity);
  }
}
