import { Temporal } from 'temporal-polyfill';
import { formatDate } from '#calendar';
import { attendanceStatuses, type openAttendanceLink, type ReplyOf } from '#contracts';
import { html, type Html } from '../links/html.js';
import { letterPage, type Language } from '../links/letter-page.js';
import { words, type Outcome, type Words } from './texts.js';

type View = ReplyOf<typeof openAttendanceLink>;
type Session = View['sessions'][number];

/**
 * A trainer's own sessions of a class with a form for each that is open. What is on record is ticked; nothing else is. Pure.
 * @param outcome of the form that was just sent; null: none was
 */
export function attendancePage(view: View, lang: Language, outcome: Outcome | null, today: Temporal.PlainDate): string {
  const text = words[lang];
  return letterPage(
    lang,
    text.title,
    html`<h1>${text.title} ${view.code}</h1>
      ${outcome === null ? '' : html`<p class="notice" role="status">${text.outcomes[outcome]}</p>`}
      <p>${view.title}. ${text.course}: ${lang === 'vi' ? view.course.title : view.course.titleEn}</p>
      ${view.sessions.length === 0 ? html`<p>${text.noSessions}</p>` : html`<p>${text.howTo}</p>`}
      ${view.sessions.map((session) => sessionOf(session, view, text, today))}`,
  );
}

function sessionOf(session: Session, view: View, text: Words, today: Temporal.PlainDate): Html {
  const { ordinal, part, day, topic, attendedAt } = session;
  return html`<section>
    <h2>${text.session(ordinal, text.parts[part], dayText(day))}</h2>
    <p>${topic}${attendedAt === null ? '' : ` - ${text.complete}`}</p>
    ${bodyOf(session, view, text, today)}
  </section>`;
}

function bodyOf(session: Session, view: View, text: Words, today: Temporal.PlainDate): Html {
  if (!session.begun) return html`<p>${text.notBegun}</p>`;
  if (Temporal.PlainDate.compare(today, session.openUntil) > 0) return html`<p>${text.closed}</p>`;
  return html`<form method="post">
    <p>${text.openUntil(dayText(session.openUntil))}</p>
    ${view.trainees.map((one) => personOf(one, session, text))}
    <button>${text.save(session.ordinal)}</button>
  </form>`;
}

function personOf({ enrolmentId, number, name, unit, marks }: View['trainees'][number], { sessionId }: Session, text: Words): Html {
  const known = marks.find((mark) => mark.sessionId === sessionId)?.status;
  return html`<fieldset>
    <legend>${name ?? text.forgotten(number)}${unit === null ? '' : `, ${unit}`}</legend>
    ${attendanceStatuses.map(
      (status) =>
        html`<label
          ><input type="radio" name="${sessionId}.${enrolmentId}" value="${status}" ${known === status ? html`checked` : ''} />
          ${text.marks[status]}
        </label>`,
    )}
  </fieldset>`;
}

const dayText = (day: string): string => formatDate(Temporal.PlainDate.from(day));
