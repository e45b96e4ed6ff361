import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { getCertificate, issueCertificates, listCertificates, revokeCertificate, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const certificateId = getCertificate.payload;
const classId = issueCertificates.payload.pick({ classId: true });
const signature = bodyOf(issueCertificates.payload.omit({ classId: true }));
const revocation = bodyOf(revokeCertificate.payload.omit({ certificateId: true }));

@ApiTags('Training')
@Controller('api/v1')
export class CertificatesController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get('certificates')
  @Answers(listCertificates.reply, 'List certificates', 'Of a class or a year, in order of their numbers.')
  listCertificates(@Query({ schema: queryOf(listCertificates.payload) }) asked: PayloadOf<typeof listCertificates>) {
    return this.queries.ask(listCertificates, asked);
  }

  @Get('certificates/:certificateId')
  @Answers(getCertificate.reply, 'Read a certificate')
  getCertificate(@Param({ schema: certificateId }) asked: PayloadOf<typeof getCertificate>) {
    return this.queries.ask(getCertificate, asked);
  }

  @Post('classes/:classId/certificates')
  @Executes(
    issueCertificates.reply,
    'Certify a class',
    'Everybody over the threshold of its course gets a certificate, numbered without gaps in its year, and a mail who has an address. Again later: for those ' +
      'whom a correction of the attendance lifted over it.',
  )
  issueCertificates(
    @Param({ schema: classId }) of: z.output<typeof classId>,
    @Body({ schema: signature }) body: z.output<typeof signature>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(issueCertificates, { ...of, ...body }, identity);
  }

  @Post('certificates/:certificateId/revoke')
  @Executes(
    revokeCertificate.reply,
    'Revoke a certificate',
    'It stays on record under its number; its public page says since when it is not valid.',
  )
  revokeCertificate(
    @Param({ schema: certificateId }) of: PayloadOf<typeof getCertificate>,
    @Body({ schema: revocation }) body: z.output<typeof revocation>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(revokeCertificate, { ...of, ...body }, identity);
  }
}
