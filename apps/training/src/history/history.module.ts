import { Global, Module } from '@nestjs/common';
import { HistoryConsumer } from './history.consumer.js';
import { HistoryRepository } from './history.repository.js';

/** Every feature tells what it changed. */
@Global()
@Module({ controllers: [HistoryConsumer], providers: [HistoryRepository], exports: [HistoryRepository] })
export class HistoryModule {}
