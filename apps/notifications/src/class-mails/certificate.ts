import type { Mail } from '#contracts';
import type { Letter } from '../templates/letter.js';
import type { Reader } from '../templates/texts.js';
import { classItem, classLetter } from './class-letter.js';

type CertificateMail = Extract<Mail, { template: 'certificate' }>;

/** To a trainee: where their certificate is, and what its page confirms. Pure. */
export function certificateLetter(mail: CertificateMail, reader: Reader): Letter {
  return classLetter(mail, reader, (texts, document) => {
    const { classes } = texts;
    const { certificate } = classes;
    return {
      subject: certificate.subject(mail.class.code, mail.class.title),
      lead: certificate.lead(document),
      sections: [
        {
          heading: classes.theClass,
          items: [classItem(mail, null, texts, [certificate.number(mail.number), certificate.issuedOn(mail.issuedOn)])],
        },
      ],
      closing: [certificate.shows],
      link: { label: certificate.link, url: `${reader.publicUrl}/certificates/${mail.code}` },
    };
  });
}
