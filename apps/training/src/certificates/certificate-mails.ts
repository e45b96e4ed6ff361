import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { sendMail } from '#contracts';
import { Outbox } from '#messaging';
import { ClassFacts } from '../announcements/class-facts.repository.js';
import type { Tx } from '../persistence/database.js';
import type { Issued } from './certificate.repository.js';

/** Certificates are sent as addresses of their public pages; the code in them travels sealed. */
@Injectable()
export class CertificateMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly facts: ClassFacts,
  ) {}

  /** To everybody who has an address; the others get theirs from the agency that nominated them. Once per certificate. */
  async send(tx: Tx, classId: string, issued: readonly Issued[], issuedOn: Temporal.PlainDate): Promise<void> {
    const reached = issued.filter(({ reachable }) => reachable);
    if (reached.length === 0) return;
    const { plan, course, class: ofClass } = await this.facts.of(tx, classId);
    await this.outbox.publishAll(
      tx,
      sendMail,
      reached.map(({ id, traineeId, number, code }) => ({
        businessKey: `certificate.${id}`,
        // Of its own: a later mail about the class makes no certificate pointless.
        stream: null,
        recipientId: traineeId,
        obligationIds: [],
        mail: { template: 'certificate' as const, plan, course, class: ofClass, number, issuedOn: issuedOn.toString(), code },
      })),
    );
  }
}
