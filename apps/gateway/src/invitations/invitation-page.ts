import { Temporal } from 'temporal-polyfill';
import { formatDate, formatDateTime } from '#calendar';
import type { openInvitation, ReplyOf } from '#contracts';
import { html, type Html } from '../links/html.js';
import { letterPage, type Language } from '../links/letter-page.js';
import { words, type Words } from './texts.js';

type Invitation = ReplyOf<typeof openInvitation>;
/** What became of an answer: new, the same as before, or not possible. */
export type Outcome = 'recorded' | 'known' | 'refused';

/** A trainer's invitation with what they can answer now. @param outcome of the answer that was just sent; null: none was. Pure. */
export function invitationPage(invitation: Invitation, lang: Language, outcome: Outcome | null): string {
  const text = words[lang];
  const { class: named, course, venue, state, answeredAt, answerBy } = invitation;
  return letterPage(
    lang,
    text.title,
    html`<h1>${text.title}</h1>
      ${outcome === null ? '' : html`<p class="notice" role="status">${text.outcomes[outcome]}</p>`}
      <p>${text.greeting(invitation.trainer)}</p>
      <dl>
        <dt>${text.classCode}</dt>
        <dd>${named.code} - ${named.title}</dd>
        <dt>${text.course}</dt>
        <dd>${lang === 'vi' ? course.title : course.titleEn}</dd>
        <dt>${text.venue}</dt>
        <dd>${venue === null ? text.noVenue : `${venue.name}, ${venue.address}`}</dd>
      </dl>
      <h2>${text.sessions}</h2>
      ${sessionsOf(invitation, text)}
      <h2>${text.states[state]}</h2>
      ${answeredAt === null ? html`<p>${text.answerBy(dayText(answerBy))}</p>` : html`<p>${text.answeredAt(formatDateTime(Temporal.Instant.from(answeredAt)))}</p>`}
      ${formOf(invitation, text)}`,
  );
}

function sessionsOf({ sessions }: Invitation, text: Words): Html {
  if (sessions.length === 0) return html`<p>${text.noSessions}</p>`;
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${text.heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${sessions.map(
          ({ ordinal, date, startsAt, endsAt, topic }) =>
            html`<tr>
              <td>${text.session(ordinal, dayText(date))}</td>
              <td>${startsAt} - ${endsAt}</td>
              <td>${topic}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function formOf({ open }: Invitation, text: Words): Html {
  if (open.length === 0) return html``;
  const labels = { accepted: text.accept, declined: text.decline };
  return html`<form method="post">
    <h2>${text.ask}</h2>
    <p>${text.mayDecline}</p>
    <label for="reason">${text.reason}</label>
    <textarea id="reason" name="reason" rows="3" maxlength="2000"></textarea>
    ${open.map((answer) => html`<button name="answer" value="${answer}">${labels[answer]}</button>`)}
  </form>`;
}

const dayText = (day: string): string => formatDate(Temporal.PlainDate.from(day));
