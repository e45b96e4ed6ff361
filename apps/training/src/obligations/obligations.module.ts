import { Module } from '@nestjs/common';
import { ObligationWords } from './obligation-words.js';

@Module({ providers: [ObligationWords], exports: [ObligationWords] })
export class ObligationsModule {}
