import { Module } from '@nestjs/common';
import { LedgerModule } from '../obligations/ledger.module.js';
import { AnswerExtension } from './answer-extension.js';
import { AskExtension } from './ask-extension.js';
import { ExtensionLedger } from './extension-ledger.js';
import { ExtensionsConsumer } from './extensions.consumer.js';
import { WithdrawExtension } from './withdraw-extension.js';

@Module({
  imports: [LedgerModule],
  controllers: [ExtensionsConsumer],
  providers: [ExtensionLedger, AskExtension, AnswerExtension, WithdrawExtension],
})
export class ExtensionsModule {}
