import { Module } from '@nestjs/common';
import { LedgerModule } from '../obligations/ledger.module.js';
import { TrackObligation } from './track-obligation.js';
import { TrackedObligationRepository } from './tracked-obligation.repository.js';
import { TrackingConsumer } from './tracking.consumer.js';

@Module({ imports: [LedgerModule], controllers: [TrackingConsumer], providers: [TrackObligation, TrackedObligationRepository] })
export class TrackingModule {}
