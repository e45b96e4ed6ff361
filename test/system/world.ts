import type { ParsedMail } from 'mailparser';
import { mailCatcher, testStack, type MailCatcher, type TestStack } from '#testing';
import { System, type SystemOptions } from './system.js';

export interface World {
  readonly stack: TestStack;
  readonly catcher: MailCatcher;
  readonly system: System;
  close(): Promise<void>;
}

/** The whole system beside a mail server that keeps what it gets, on a database and a Redis prefix of its own. */
export async function startWorld(
  options: Pick<SystemOptions, 'from' | 'speed'> & Partial<SystemOptions> & { readonly catcher?: MailCatcher },
): Promise<World> {
  const stack = await testStack();
  const { catcher = await mailCatcher(), ...more } = options;
  const close = async (system?: System): Promise<void> => {
    await system?.stop();
    await catcher.close();
    await stack.dispose();
  };
  try {
    const system = await System.start({
      databaseUrl: (service) => stack.databaseUrl(service),
      redisUrl: stack.redisUrl,
      queuePrefix: stack.prefix,
      smtpUrl: catcher.url,
      ...more,
    });
    return { stack, catcher, system, close: () => close(system) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Address to which a mail went. */
export function addressOf(mail: ParsedMail): string {
  const to = Array.isArray(mail.to) ? mail.to : [mail.to];
  return to.flatMap((field) => field?.value.map(({ address }) => address ?? '') ?? []).join();
}

/** How many mails each address got. */
export function perAddress(mails: readonly ParsedMail[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const mail of mails) counts[addressOf(mail)] = (counts[addressOf(mail)] ?? 0) + 1;
  return counts;
}
