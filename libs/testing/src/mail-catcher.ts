import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { eventually } from './eventually.js';

/** What the server does instead of accepting. */
export type Trouble =
  | { readonly kind: 'refuse-recipient'; readonly code: number; readonly message: string }
  | { readonly kind: 'refuse-data'; readonly code: number; readonly message: string }
  /** Takes the whole mail and never answers. */
  | { readonly kind: 'silent-after-data' }
  /** Takes the whole mail and accepts it later. */
  | { readonly kind: 'slow-after-data'; readonly until: Promise<void> };

/** A real mail server in this process: keeps what it accepts, and makes trouble when told. */
export interface MailCatcher {
  readonly url: string;
  readonly mails: ParsedMail[];
  /** Decides per recipient address; undefined accepts. */
  trouble: (address: string) => Trouble | undefined;
  /** From now on takes whole mails and answers none of them, until the returned function is called. */
  hold(): () => void;
  /** Mails that were taken and are not answered yet. */
  readonly held: number;
  waitFor(count: number, within?: number): Promise<ParsedMail[]>;
  close(): Promise<void>;
}

const refusal = ({ code, message }: { code: number; message: string }): Error => Object.assign(new Error(message), { responseCode: code });

/** @param options.port a free one unless told: a server that comes back is found where it was */
export async function mailCatcher(options: { readonly port?: number } = {}): Promise<MailCatcher> {
  const mails: ParsedMail[] = [];
  const waiting: (() => void)[] = [];
  let holding = false;
  const state = {
    trouble: (() => undefined) as MailCatcher['trouble'],
    get held() {
      return waiting.length;
    },
  };
  const release = (): void => {
    holding = false;
    for (const go of waiting.splice(0)) go();
  };
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
        async (mail) => {
          if (holding) await new Promise<void>((resolve) => waiting.push(resolve));
          if (trouble?.kind === 'slow-after-data') await trouble.until;
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
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return Object.assign(state, {
    url: `smtp://127.0.0.1:${String(port)}`,
    mails,
    hold: () => {
      holding = true;
      return release;
    },
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
