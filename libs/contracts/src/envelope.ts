import { z } from 'zod';

/**
 * What a message carries beside its payload; the same for every kind.
 *
 * - `id` is the BullMQ job id and the key of the consumer's inbox.
 * - `correlationId` is one story from the click (or the cron tick) to the mail server's answer; `causationId` is the message or request before.
 * - `actor` is who is responsible, as an account id; a service acting on its own says `service:<name>`. Never a person's name.
 * - `occurredAt` is business time; `deadline` (real time) is after when an asker has gone.
 * - `fingerprint` tells a repeated request (the same Idempotency-Key) from another one under the same key.
 */
export const envelopeSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  occurredAt: z.iso.datetime({ offset: true }),
  correlationId: z.uuid(),
  causationId: z.uuid().nullable(),
  actor: z.string().max(100),
  replyWanted: z.boolean(),
  deadline: z.number().int().nullable(),
  fingerprint: z.string().nullable(),
  payload: z.unknown(),
});
export type Envelope = z.output<typeof envelopeSchema>;

/** What the handler of a command or query answers on the wire. `error.code` is stable and documented in docs/messages.md. */
export const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), reply: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({ code: z.string(), message: z.string(), details: z.array(z.record(z.string(), z.unknown())).default([]) }),
  }),
]);
export type Answer = z.output<typeof answerSchema>;
