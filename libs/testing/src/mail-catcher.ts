import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { eventually } from './eventually.js';

/** What the server does instead of accepting. */
export type Trouble =
  | { readonly kind: 'refuse-recipient'; readonly code: number; readonly message: string }
  | { readonly kind: 'refuse-data'; readonly code: number; readonly message: string }
  /** Takes the whole mail and never answers. */
  | { readonly kind: 'silent-after-data' };

/** A real mail server in this process: keeps what it accepts, and makes trouble when told. */
export interface MailCatcher {
  readonly url: string;
  readonly mails: ParsedMail[];
  /** Decides per recipient address; undefined accepts. */
  trouble: (address: string) => Trouble | undefined;
  waitFor(count: number, within?: number): Promise<ParsedMail[]>;
  close(): Promise<void>;
}

const refusal = ({ code, message }: { code: number; message: string }): Error => Object.assign(new Error(message), { responseCode: code });

export async function mailCatcher(): Promise<MailCatcher> {
  const mails: ParsedMail[] = [];
  const state: Pick<MailCatcher, 'trouble'> = { trouble: () => undefined };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, done) => {
      const trouble = state.trouble(address);
      done(trouble?.kind === 'refuse-recipient' ? refusal(trouble) : null);
    },
    onData: (stream, session, done) => {
      const trouble = session.envelope.rcptTo.map(({ address }) => state.trouble(address)).find((found) => found !== undefined);
      simpleParser(stream).then(
        (mail) => {
          if (trouble?.kind === 'silent-after-data') return;
          if (trouble?.kind === 'refuse-data') {
            done(refusal(trouble));
            return;
          }
          mails.push(mail);
          done();
        },
        (error: unknown) => {
          done(error instanceof Error ? error : new Error(String(error)));
        },
      );
    },
  });
  server.on('error', () => undefined); // a client that was killed drops its connection; that is what the tests do
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return Object.assign(state, {
    url: `smtp://127.0.0.1:${String(port)}`,
    mails,
    waitFor: (count: number, within = 10_000) =>
      eventually(() => (mails.length >= count ? mails : undefined), {
        within,
        describe: () => `${String(count)} mails, have ${String(mails.length)}`,
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  });
}
