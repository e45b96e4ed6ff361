import { Temporal } from 'temporal-polyfill';
import { TIME_ZONE } from '#calendar';
import type { getObligation, listMessages, listObligations, listPreparedDocuments, ReplyOf } from '#contracts';
import { html, type Html } from './html.js';
import type { Words } from './texts.js';

type Story = ReplyOf<typeof getObligation>;
type Listed = ReplyOf<typeof listObligations>['items'][number];
type Prepared = ReplyOf<typeof listPreparedDocuments>['items'][number];
type Mail = ReplyOf<typeof listMessages>['items'][number];

const STYLE = html`<style>
  :root {
    color-scheme: light dark;
  }
  body {
    margin: 0 auto;
    max-width: 60rem;
    padding: 1rem;
    font:
      1rem/1.5 'Segoe UI',
      Roboto,
      'Helvetica Neue',
      Arial,
      sans-serif;
  }
  header {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
    border-bottom: 1px solid;
    padding-bottom: 0.5rem;
  }
  h1 {
    font-size: 1.4rem;
    line-height: 1.3;
  }
  h2 {
    font-size: 1.1rem;
    margin-top: 2rem;
  }
  dt {
    font-weight: 600;
  }
  dd {
    margin: 0 0 0.5rem;
  }
  .wide {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th,
  td {
    text-align: left;
    vertical-align: top;
    padding: 0.35rem 0.75rem 0.35rem 0;
    border-bottom: 1px solid #8886;
  }
  .late {
    color: light-dark(#b3261e, #f2b8b5);
    font-weight: 600;
  }
</style>`;

/** One obligation with what was done about it and what comes next. Pure. */
export function obligationPage(story: Story, mails: readonly Mail[], words: Words): string {
  const title = `${titleOf(story, words)} ${story.period}`;
  return page(
    words,
    title,
    html`<h1>${title}</h1>
      <dl>
        <dt>${words.debtor}</dt>
        <dd>${story.debtor}</dd>
        <dt>${words.creditor}</dt>
        <dd>${story.creditor}</dd>
        <dt>${words.deadline}</dt>
        <dd>
          ${dayText(story.dueOn)}${story.dueOn === story.originalDueOn ? '' : ` (${words.extendedFrom}: ${dayText(story.originalDueOn)})`}
        </dd>
        <dt>${words.state}</dt>
        <dd>${stateOf(story, words)}</dd>
      </dl>
      <h2>${words.steps}</h2>
      ${table(
        [words.when, words.step, words.state],
        story.steps
          .filter((step) => step.generation === story.generation)
          .map(
            (step) =>
              html`<tr>
                <td>${momentText(step.state === 'fired' ? (step.decidedAt ?? step.dueAt) : step.dueAt)}</td>
                <td>${words.levels[step.level]}</td>
                <td>${words.stepStates[step.state]}</td>
              </tr>`,
          ),
      )}
      <h2>${words.mails}</h2>
      ${
        mails.length === 0
          ? html`<p>${words.nothing}</p>`
          : table(
              [words.when, words.to, words.subject, words.state],
              mails.map(
                (mail) =>
                  html`<tr>
                    <td>${momentText(mail.sentAt ?? mail.createdAt)}</td>
                    <td>${readerOf(mail)}</td>
                    <td>${mail.subject}</td>
                    <td>${words.mailStates[mail.state]}</td>
                  </tr>`,
              ),
            )
      }`,
  );
}

/** Who was written to, and where they belong; of a person who has been forgotten only that. */
function readerOf({ recipientName, agencyCode, organisation }: Mail): string {
  return [recipientName, agencyCode ?? organisation].filter((part) => part !== null).join(', ');
}

/** What is owed now, by deadline. Pure. */
export function obligationsPage(obligations: readonly Listed[], words: Words): string {
  return page(
    words,
    words.list,
    html`<h1>${words.list}</h1>
      ${
        obligations.length === 0
          ? html`<p>${words.nothing}</p>`
          : table(
              [words.deadline, words.debtor, words.thing, words.state],
              obligations.map(
                (one) =>
                  html`<tr>
                    <td>${dayText(one.dueOn)}</td>
                    <td>${one.debtor}</td>
                    <td><a href="/obligations/${one.obligationId}?lang=${words.lang}">${titleOf(one, words)} ${one.period}</a></td>
                    <td>${stateOf(one, words)}</td>
                  </tr>`,
              ),
            )
      }`,
  );
}

/** What is prepared and waits for a person. Pure. */
export function documentsPage(documents: readonly Prepared[], words: Words): string {
  return page(
    words,
    words.waiting,
    html`<h1>${words.waiting}</h1>
      <p>${words.howToDecide}</p>
      ${
        documents.length === 0
          ? html`<p>${words.nothing}</p>`
          : table(
              [words.preparedOn, words.document, words.thing],
              documents.map(
                (one) =>
                  html`<tr>
                    <td>${momentText(one.preparedAt)}</td>
                    <td>${words.documents[one.kind]}</td>
                    <td>
                      ${one.obligationId === null ? one.subject : html`<a href="/obligations/${one.obligationId}?lang=${words.lang}">${one.subject}</a>`}
                    </td>
                  </tr>`,
              ),
            )
      }`,
  );
}

function page(words: Words, title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="${words.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${STYLE}
      </head>
      <body>
        <header>
          <a href="/obligations?lang=${words.lang}">${words.product}</a
          ><a href="?lang=${words.other.lang}" lang="${words.other.lang}">${words.other.label}</a>
        </header>
        <main>${body}</main>
      </body>
    </html>`.markup;
}

function table(heads: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function stateOf(one: Listed, words: Words): Html {
  const waiting = one.suspension ? `; ${words.suspended(one.suspension.decision, dayText(one.suspension.since))}` : '';
  return one.overdue
    ? html`<span class="late">${words.states[one.state]}, ${words.overdue(one.workingDaysLate)}</span>${waiting}`
    : html`${words.states[one.state]}${waiting}`;
}

function titleOf(one: Pick<Listed, 'title' | 'titleEn'>, words: Words): string {
  return words.lang === 'vi' ? one.title : one.titleEn;
}

/** As officials write it: `17/06/2020`. @param day ISO */
function dayText(day: string): string {
  return day.split('-').reverse().join('/');
}

/** `17/06/2020 08:00` in Asia/Ho_Chi_Minh. @param instant ISO */
function momentText(instant: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(TIME_ZONE);
  return `${dayText(local.toPlainDate().toString())} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}
