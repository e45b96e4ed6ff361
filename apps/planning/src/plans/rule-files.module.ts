import { Global, Module } from '@nestjs/common';
import { RuleFiles } from './rule-files.js';

@Global()
@Module({ providers: [RuleFiles], exports: [RuleFiles] })
export class RuleFilesModule {}
