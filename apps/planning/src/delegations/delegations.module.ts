import { Module } from '@nestjs/common';
import { Delegate } from './delegate.js';
import { DelegationRepository } from './delegation.repository.js';
import { DelegationsConsumer } from './delegations.consumer.js';
import { RevokeDelegation } from './revoke-delegation.js';

@Module({ controllers: [DelegationsConsumer], providers: [Delegate, RevokeDelegation, DelegationRepository] })
export class DelegationsModule {}
