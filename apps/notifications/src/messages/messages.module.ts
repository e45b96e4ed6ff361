import { Module } from '@nestjs/common';
import { MessageRepository } from './message.repository.js';
import { MessagesConsumer } from './messages.consumer.js';

@Module({ controllers: [MessagesConsumer], providers: [MessageRepository], exports: [MessageRepository] })
export class MessagesModule {}
