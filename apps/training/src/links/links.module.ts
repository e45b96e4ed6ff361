import { Module } from '@nestjs/common';
import { AccessLinkRepository } from './access-link.repository.js';

@Module({ providers: [AccessLinkRepository], exports: [AccessLinkRepository] })
export class LinksModule {}
