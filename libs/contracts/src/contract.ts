import type { z } from 'zod';

/** The processes that own messages. The gateway owns none: it only asks. */
export const services = ['planning', 'training', 'ceremony', 'notifications'] as const;
export type Service = (typeof services)[number];

/** `<owner>.<words-with-hyphens>.v<number>`: a literal that never changes once published. */
export type WireName<Owner extends Service = Service> = `${Owner}.${string}.v${number}`;

/**
 * "Do this": one owner, one lane. `reply` is what a caller who waits is told; commands between services are not waited for.
 * The lane is the owner's `<service>.commands` unless the command names another.
 */
export interface Command<Payload extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly kind: 'command';
  readonly name: WireName;
  readonly owner: Service;
  readonly payload: Payload;
  readonly reply: Reply;
  readonly lane: string;
}

/** "This happened": past tense, copied by the relay into the lane of every service in `subscriptions.ts`. */
export interface Event<Payload extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  readonly name: WireName;
  readonly owner: Service;
  readonly payload: Payload;
}

/** "Tell me": read only, with a deadline, asked by the gateway alone. */
export interface Query<Payload extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly kind: 'query';
  readonly name: WireName;
  readonly owner: Service;
  readonly payload: Payload;
  readonly reply: Reply;
  readonly lane: string;
}

export type Contract = Command | Event | Query;
/** Contracts that somebody may wait for. */
export type Asked = Command | Query;

/** The payload as a handler sees it: parsed, sealed values opened. */
export type PayloadOf<C extends Contract> = z.output<C['payload']>;
/** The reply as the handler returns it and the asker receives it: sealed values open on both sides, sealed in between. */
export type ReplyOf<C extends Asked> = z.output<C['reply']>;

export function defineCommand<Owner extends Service, Payload extends z.ZodType, Reply extends z.ZodType>(
  owner: Owner,
  name: WireName<Owner>,
  shape: { payload: Payload; reply: Reply; lane?: string },
): Command<Payload, Reply> {
  return Object.freeze({
    kind: 'command',
    name,
    owner,
    payload: shape.payload,
    reply: shape.reply,
    lane: shape.lane ?? `${owner}.commands`,
  });
}

export function defineEvent<Owner extends Service, Payload extends z.ZodType>(
  owner: Owner,
  name: WireName<Owner>,
  payload: Payload,
): Event<Payload> {
  return Object.freeze({ kind: 'event', name, owner, payload });
}

export function defineQuery<Owner extends Service, Payload extends z.ZodType, Reply extends z.ZodType>(
  owner: Owner,
  name: WireName<Owner>,
  shape: { payload: Payload; reply: Reply },
): Query<Payload, Reply> {
  return Object.freeze({ kind: 'query', name, owner, payload: shape.payload, reply: shape.reply, lane: `${owner}.queries` });
}
