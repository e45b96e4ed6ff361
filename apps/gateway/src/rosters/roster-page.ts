import { Temporal } from 'temporal-polyfill';
import { formatDate, formatDateTime } from '#calendar';
import { rosterForms, type openRoster, type ReplyOf } from '#contracts';
import { html, type Html } from '../links/html.js';
import { letterPage, type Language } from '../links/letter-page.js';
import { words, type Words } from './texts.js';

type Roster = ReplyOf<typeof openRoster>;

/** A trainer's class with its people, forms that download the list, and the way to its attendance. @param token of the link. Pure. */
export function rosterPage(roster: Roster, token: string, lang: Language): string {
  const text = words[lang];
  const { class: named, course, venue, rosterVersion, lockedAt, trainees, expiresOn } = roster;
  return letterPage(
    lang,
    `${text.title} ${named.code}`,
    html`<h1>${text.title}</h1>
      <p>${text.version(rosterVersion, formatDateTime(Temporal.Instant.from(lockedAt)), trainees.length)}</p>
      <dl>
        <dt>${text.classCode}</dt>
        <dd>${named.code} - ${named.title}</dd>
        <dt>${text.course}</dt>
        <dd>${lang === 'vi' ? course.title : course.titleEn}</dd>
        <dt>${text.venue}</dt>
        <dd>${venue === null ? text.noVenue : `${venue.name}, ${venue.address}`}</dd>
      </dl>
      ${rosterForms.map((form) => html`<form method="post" action="/rosters/${token}/${form}"><button>${text.keep[form]}</button></form>`)}
      <p>${text.recorded}</p>
      <p><a href="/attendance/${token}?lang=${lang}">${text.attendance}</a></p>
      <h2>${text.sessions}</h2>
      ${table(text.heads, sessionsOf(roster, text))}
      <h2>${text.people}</h2>
      ${table(text.peopleHeads, peopleOf(roster))}
      <p>${text.expires(dayText(expiresOn))}</p>`,
  );
}

function sessionsOf({ sessions }: Roster, text: Words): string[][] {
  return sessions.map(({ ordinal, date, startsAt, endsAt, topic, trainer }) => [
    text.session(ordinal, dayText(date)),
    `${startsAt} - ${endsAt}`,
    topic,
    trainer,
  ]);
}

function peopleOf({ trainees }: Roster): string[][] {
  return trainees.map(({ name, unit, position, needs }, index) => [String(index + 1), name, unit, position, needs]);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const dayText = (day: string): string => formatDate(Temporal.PlainDate.from(day));
