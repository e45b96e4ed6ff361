import { Ctx, MessagePattern, Payload, Transport } from '@nestjs/microservices';
import type { Asked, Contract, PayloadOf, ReplyOf } from '#contracts';
import type { Message } from './message.js';
import type { Verdict } from './verdict.js';

/** Marks handlers as ours, so that Nest binds them to the strategy of this library and to no other. */
export const QUEUES = Symbol('dondoc queues') as unknown as Transport;

export type Handled<C extends Contract> = C extends Asked ? ReplyOf<C> | Verdict : Verdict | undefined;
type Handler<C extends Contract> = (payload: PayloadOf<C>, message: Message) => Promise<Handled<C>>;

/**
 * Binds a controller method to a message. The compiler checks payload and reply against the contract; boot checks that every contract of the
 * service has exactly one handler.
 * @example `@On(submitReport) submit(payload: PayloadOf<typeof submitReport>, message: Message) { return this.submitReport.execute(payload, message); }`
 */
export function On<C extends Contract>(contract: C) {
  return <H extends Handler<C>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<H>): void => {
    MessagePattern(contract.name, QUEUES)(target, key, descriptor);
    // Without these Nest hands over the payload alone.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
  };
}
