import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, formatDate } from '#calendar';
import type { openRoster, ReplyOf, RosterForm } from '#contracts';
import { rosterWorkbook, type RosterFacts } from '#documents';
import { PdfMaker } from '#documents/pdf';

type Roster = Omit<ReplyOf<typeof openRoster>, 'expiresOn'>;

/** What stands on the list of a class whose venue was given back and that has no other yet. */
const NO_VENUE = { name: 'chưa xác định', address: 'sẽ thông báo sau' };

/** Rosters as files: administrative documents, so in Vietnamese. PDFs are drawn in a thread of their own, which begins with the first of them. */
@Injectable()
export class RosterFiles implements OnApplicationShutdown {
  private readonly maker = new PdfMaker();

  constructor(private readonly clock: Clock) {}

  async onApplicationShutdown(): Promise<void> {
    await this.maker.close();
  }

  /** The list with boxes to sign in for each session. */
  make(roster: Roster, form: RosterForm): Promise<Buffer> {
    const facts = factsOf(roster, this.clock.now());
    return form === 'xlsx' ? rosterWorkbook(facts) : this.maker.roster(facts);
  }
}

/** As in the mails: `Danh sách học viên lớp BT-01, phiên bản 2.xlsx`. */
export function fileName({ class: { code }, rosterVersion }: Roster, form: RosterForm): string {
  return `Danh sách học viên lớp ${code}, phiên bản ${String(rosterVersion)}.${form}`;
}

function factsOf(roster: Roster, madeAt: Temporal.Instant): RosterFacts {
  const { issuer, plan, course, class: named, venue, sessions, trainees, rosterVersion, lockedAt } = roster;
  return {
    issuer: { above: issuer.superior, name: issuer.name },
    planDocument: `Kế hoạch số ${plan.documentNumber} ngày ${formatDate(Temporal.PlainDate.from(plan.issuedOn))}`,
    course: course.title,
    classCode: named.code,
    classTitle: named.title,
    venue: venue ?? NO_VENUE,
    sessions: sessions.map(({ sessionId: _id, date, ...session }) => ({ ...session, date: Temporal.PlainDate.from(date) })),
    trainees,
    version: rosterVersion,
    lockedAt: Temporal.Instant.from(lockedAt),
    madeAt,
  };
}
