import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { Temporal } from 'temporal-polyfill';
import type { Mail, MailTemplate } from '#contracts';
import type { PdfMaker } from '#documents/pdf';
import type { Attachment } from '../mail/mailer.js';
import { attendanceMissingLetter } from '../class-mails/attendance-missing.js';
import { certificateLetter } from '../class-mails/certificate.js';
import { classNoticeLetter } from '../class-mails/class-notice.js';
import { classRosterLetter } from '../class-mails/class-roster.js';
import { rosterFiles } from '../class-mails/roster-files.js';
import { trainerInvitationLetter } from '../class-mails/trainer-invitation.js';
import { chasingLetter } from './chasing.js';
import { letterHtml, letterText } from './letter.compiled.js';
import { languagesOf, type Correspondents, type Language, type Letter, type People, type WrittenIn } from './letter.js';
import { calendarsWith } from './mail-documents.js';
import { sampleMails, samplePeople, sampleStandIn } from './samples.js';
import { en } from './texts.en.js';
import { greetingOf, type Reader, type Texts } from './texts.js';
import { vi } from './texts.vi.js';
import { weeklyDigestLetter } from './weekly-digest.js';

export interface RenderedMail {
  /** On one line, whatever a title contains. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export interface TemplateSources {
  readonly html: string;
  readonly text: string;
  readonly texts: Readonly<Record<WrittenIn, Texts>>;
}

/** The templates as they are shipped. */
export const shipped: TemplateSources = { html: letterHtml, text: letterText, texts: { vi, en } };

/** Handlebars' strictness spares what blocks are given; here it does not. */
const handlebars = Handlebars.create();
for (const name of ['each', 'if', 'unless']) {
  const plain = handlebars.helpers[name];
  handlebars.registerHelper(name, function (this: unknown, value: unknown, block: { readonly loc: hbs.AST.SourceLocation }): unknown {
    if (value !== undefined) return plain?.call(this, value, block);
    const { line, column } = block.loc.start;
    throw new Error(`what #${name} is given is not defined - ${String(line)}:${String(column)}`);
  });
}

/** Strict: a variable that is not there is an error, never a hole in a letter. */
const options = { strict: true, knownHelpersOnly: true, knownHelpers: { each: true, unless: true, if: true } };
const languages: readonly Language[] = ['vi', 'en', 'vi+en'];
const SAMPLE_URL = 'https://dondoc.example';
const SAMPLE_MOMENT = Temporal.Instant.from('2020-06-18T01:00:00Z');
const SAMPLE_BETWEEN: Correspondents = {
  sender: { name: 'Đôn đốc', address: 'dondoc@dondoc.example' },
  reader: { name: 'Nguyễn Minh An', address: 'an@dondoc.example' },
};

/**
 * Turns the facts of a mail into subject, HTML and plain text. Made by {@link RenderMail.compiled}, which renders samples of every template in every
 * language first, so that a service with a missing variable or translation does not start.
 */
export class RenderMail {
  /** Digest of how each template reads, layout and wording, by its rendered samples; stored with each message. */
  readonly versions: Readonly<Record<MailTemplate, string>>;
  private readonly html: (letter: Letter) => string;
  private readonly text: (letter: Letter) => string;

  private constructor(private readonly sources: TemplateSources) {
    this.html = handlebars.compile<Letter>(sources.html, options);
    this.text = handlebars.compile<Letter>(sources.text, { ...options, noEscape: true });
    this.versions = {
      chasing: this.versionOf('chasing'),
      'weekly-digest': this.versionOf('weekly-digest'),
      'trainer-invitation': this.versionOf('trainer-invitation'),
      'class-roster': this.versionOf('class-roster'),
      'class-notice': this.versionOf('class-notice'),
      'attendance-missing': this.versionOf('attendance-missing'),
      certificate: this.versionOf('certificate'),
    };
  }

  /** @throws Error naming template, language and place of what is missing */
  static compiled(sources: TemplateSources = shipped): RenderMail {
    return new RenderMail(sources);
  }

  /** @param repeated whether the mail may have arrived before; its subject says so */
  render(mail: Mail, people: People, language: Language, publicUrl: string, repeated = false): RenderedMail {
    const letter = letterOf(mail, { people, language, publicUrl, texts: this.sources.texts });
    const subject = repeated ? this.sources.texts[languagesOf(language)[0]].repeated(letter.subject) : letter.subject;
    return this.write({ ...letter, subject });
  }

  /** What goes with the mail, named in the first language of its reader. */
  async documents(
    mail: Mail,
    between: Correspondents,
    decidedAt: Temporal.Instant,
    language: Language,
    pdfs: PdfMaker,
  ): Promise<readonly Attachment[]> {
    const texts = this.sources.texts[languagesOf(language)[0]];
    const calendars = calendarsWith(mail, between, decidedAt, texts);
    return mail.template === 'class-roster'
      ? [...(await rosterFiles(mail, decidedAt, texts, this.sources.texts.vi, pdfs)), ...calendars]
      : calendars;
  }

  private write(letter: Letter): RenderedMail {
    return {
      subject: letter.subject.replaceAll(/\s+/g, ' ').trim().normalize('NFC'),
      html: this.html(letter).normalize('NFC'),
      text: this.text(letter).normalize('NFC'),
    };
  }

  private versionOf(template: MailTemplate): string {
    const digest = createHash('sha256');
    for (const sample of sampleMails[template]) {
      for (const language of languages) digest.update(JSON.stringify(this.sample(sample, language)));
    }
    return digest.digest('hex').slice(0, 12);
  }

  private sample(sample: Mail, language: Language): RenderedMail {
    try {
      const texts = withoutHoles(this.sources.texts, 'texts');
      const letter = letterOf(sample, { people: samplePeople, language, publicUrl: SAMPLE_URL, texts });
      refuseHoles(letter, 'letter');
      texts[languagesOf(language)[0]].repeated(letter.subject);
      calendarsWith(sample, SAMPLE_BETWEEN, SAMPLE_MOMENT, texts[languagesOf(language)[0]]);
      for (const written of languagesOf(language)) greetingOf(sampleStandIn, texts[written]);
      return this.write(letter);
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`The mail template ${sample.template} cannot be rendered in ${language}: ${what}`, { cause });
    }
  }
}

function letterOf(mail: Mail, reader: Reader): Letter {
  switch (mail.template) {
    case 'chasing':
      return chasingLetter(mail, reader);
    case 'weekly-digest':
      return weeklyDigestLetter(mail, reader);
    case 'trainer-invitation':
      return trainerInvitationLetter(mail, reader);
    case 'class-roster':
      return classRosterLetter(mail, reader);
    case 'class-notice':
      return classNoticeLetter(mail, reader);
    case 'attendance-missing':
      return attendanceMissingLetter(mail, reader);
    case 'certificate':
      return certificateLetter(mail, reader);
  }
}

/** The texts, of which each throws when it is asked and says nothing: within another sentence its hole would not be seen. */
function withoutHoles<T extends object>(texts: T, place: string): T {
  return new Proxy(texts, {
    get(target, key): unknown {
      const value: unknown = Reflect.get(target, key);
      const here = `${place}.${String(key)}`;
      if (typeof value === 'object' && value !== null) return withoutHoles(value, here);
      if (typeof value !== 'function') return whole(value, here);
      return (...facts: unknown[]) => whole(Reflect.apply(value, undefined, facts), here);
    },
  });
}

function whole(said: unknown, place: string): unknown {
  refuseHoles(said, place);
  return said;
}

/** A sentence that is missing in a language leaves nothing, or the word undefined, where it should stand. */
function refuseHoles(value: unknown, place: string): void {
  if (value === null) return;
  if (typeof value === 'string') {
    if (value.trim() === '' || /\b(undefined|null|NaN)\b|\[object /.test(value)) throw new Error(`${place} says "${value}"`);
    return;
  }
  if (typeof value !== 'object') throw new Error(`${place} is ${typeof value}`);
  for (const [key, inner] of Object.entries(value)) refuseHoles(inner, `${place}.${key}`);
}
