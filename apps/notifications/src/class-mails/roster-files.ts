import { Temporal } from 'temporal-polyfill';
import { rosterPeople, type Mail } from '#contracts';
import { rosterWorkbook, type RosterFacts } from '#documents';
import type { PdfMaker } from '#documents/pdf';
import type { Attachment } from '../mail/mailer.js';
import type { Texts } from '../templates/texts.js';

type RosterMail = Extract<Mail, { template: 'class-roster' }>;
const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * The list of a class as a workbook and as PDF: an administrative document, so in Vietnamese for whoever reads it. Made from the mail, kept nowhere.
 * @param decidedAt when the mail was decided; the files say that they were made then, and are the same bytes on each try
 * @param texts of the reader's language, for the names of the files
 */
export async function rosterFiles(
  mail: RosterMail,
  decidedAt: Temporal.Instant,
  texts: Texts,
  vietnamese: Texts,
  pdfs: PdfMaker,
): Promise<readonly Attachment[]> {
  const facts = rosterFactsOf(mail, decidedAt, vietnamese);
  const [workbook, pdf] = await Promise.all([rosterWorkbook(facts), pdfs.roster(facts)]);
  const name = texts.classes.roster.file(mail.class.code, mail.rosterVersion);
  return [
    { fileName: `${name}.xlsx`, contentType: WORKBOOK, content: workbook },
    { fileName: `${name}.pdf`, contentType: 'application/pdf', content: pdf },
  ];
}

function rosterFactsOf(mail: RosterMail, decidedAt: Temporal.Instant, vietnamese: Texts): RosterFacts {
  const { trainees, trainers } = rosterPeople.parse(JSON.parse(mail.roster));
  return {
    issuer: { above: mail.issuer.superior, name: mail.issuer.name },
    planDocument: vietnamese.document(mail.plan.documentNumber, mail.plan.issuedOn),
    course: mail.course.title,
    classCode: mail.class.code,
    classTitle: mail.class.title,
    venue: mail.venue,
    sessions: mail.sessions.map(({ sessionId, date, ordinal, part, startsAt, endsAt, topic }) => ({
      ordinal,
      date: Temporal.PlainDate.from(date),
      part,
      startsAt,
      endsAt,
      topic,
      trainer: trainers[sessionId] ?? '',
    })),
    trainees,
    version: mail.rosterVersion,
    lockedAt: Temporal.Instant.from(mail.lockedAt),
    madeAt: decidedAt,
  };
}
