import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import type { Mail, MailTemplate } from '#contracts';
import { chasingLetter } from './chasing.js';
import { letterHtml, letterText } from './letter.compiled.js';
import type { Language, Letter, People } from './letter.js';
import { sampleMails, samplePeople } from './samples.js';
import { weeklyDigestLetter } from './weekly-digest.js';

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Templates are compiled once, strictly: a variable that is not there is an error, never a hole in a letter. */
const options = { strict: true, knownHelpersOnly: true, knownHelpers: { each: true, unless: true, if: true } };

/**
 * Turns the facts of a mail into subject, HTML and plain text. Constructing it renders every template in every language, so a service with a broken
 * template or translation does not start.
 */
@Injectable()
export class RenderMail {
  /** Of the layout that all mails share; stored with each message. */
  readonly version = createHash('sha256').update(letterHtml).update(letterText).digest('hex').slice(0, 12);
  private readonly html = Handlebars.compile<Letter>(letterHtml, options);
  private readonly text = Handlebars.compile<Letter>(letterText, { ...options, noEscape: true });

  constructor() {
    for (const template of Object.keys(sampleMails) as MailTemplate[]) {
      for (const language of ['vi', 'en', 'vi+en'] as const)
        this.render(sampleMails[template], samplePeople, language, 'https://dondoc.example', new Map());
    }
  }

  /** @param contacts names of people that the mail mentions, by contact id */
  render(mail: Mail, people: People, language: Language, publicUrl: string, contacts: ReadonlyMap<string, string>): RenderedMail {
    const letter =
      mail.template === 'chasing'
        ? chasingLetter(mail, people, language, publicUrl)
        : weeklyDigestLetter(mail, people, language, publicUrl, contacts);
    return { subject: oneLine(letter.subject), html: this.html(letter).normalize('NFC'), text: this.text(letter).normalize('NFC') };
  }
}

/** A subject is a header: whatever a title contains, it stays on one line. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().normalize('NFC');
}
