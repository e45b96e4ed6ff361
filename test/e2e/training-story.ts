import { setTimeout as pause } from 'node:timers/promises';
import ICAL from 'ical.js';
import type { Attachment, ParsedMail } from 'mailparser';
import { Temporal } from 'temporal-polyfill';
import { workbook } from '#documents';

/** One event of a calendar file, as a calendar program reads it. */
export interface Entry {
  readonly method: string;
  readonly uid: string;
  readonly sequence: number;
  /** ISO, UTC. */
  readonly start: string;
}

/** Every event of every calendar file that came with a mail. */
export function entriesIn(mail: ParsedMail): Entry[] {
  return mail.attachments
    .filter(({ contentType }) => contentType === 'text/calendar')
    .flatMap(({ content }) => {
      const calendar = new ICAL.Component(ICAL.parse(content.toString('utf8')) as never);
      const method = String(calendar.getFirstPropertyValue('method'));
      return calendar.getAllSubcomponents('vevent').map((component) => {
        const event = new ICAL.Event(component);
        return { method, uid: event.uid, sequence: event.sequence, start: event.startDate.toString() };
      });
    });
}

/** @throws Error when the mail has no such document */
export function documentIn(mail: ParsedMail, ending: '.xlsx' | '.pdf'): Attachment {
  const found = mail.attachments.find(({ filename }) => filename?.endsWith(ending));
  if (!found) throw new Error(`no ${ending} among ${mail.attachments.map(({ filename }) => filename).join(', ')}`);
  return found;
}

/** The address of a link that a mail carries. */
export function linkIn(mail: ParsedMail, page: string): string {
  const [link] = new RegExp(`https?://\\S+/${page}/[\\w-]+`).exec(mail.text ?? '') ?? [];
  if (link === undefined) throw new Error(`no link to ${page} in ${String(mail.subject)}`);
  return link;
}

/** A person presses a button on a page that needs no account. */
export function send(link: string, form: Record<string, string>): Promise<Response> {
  return fetch(link, { method: 'POST', body: new URLSearchParams(form) });
}

export interface Nominee {
  readonly name: string;
  readonly email: string;
}

const FAMILIES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Đặng', 'Vũ', 'Bùi'];
const MIDDLES = ['Thị', 'Văn', 'Đức', 'Ngọc', 'Thúy'];
const GIVEN = ['Ánh', 'Bình', 'Châu', 'Đạt', 'Hằng', 'Khuê', 'Ước'];

/** As many invented people for a class, each with an address of their own. */
export function nomineesOf(classCode: string, count: number): Nominee[] {
  return Array.from({ length: count }, (_, index) => ({
    name: [FAMILIES[index % 7], MIDDLES[Math.floor(index / 7) % 5], GIVEN[(index * 3) % 7], `Mẫu ${String(index)}`].join(' '),
    email: `hv-${String(index)}@${classCode.toLowerCase()}.example`,
  }));
}

/** The list that an agency sends: a workbook in the columns of the form. */
export function nominationList(classCode: string, people: readonly Nominee[]): Promise<Buffer> {
  const columns = ['Lớp', 'Họ và tên', 'Đơn vị', 'Chức vụ', 'Lãnh đạo', 'Nhu cầu', 'Email', 'Điện thoại'];
  return workbook(
    [
      {
        name: 'Danh sách',
        title: 'Danh sách cử học viên',
        notes: [],
        columns: columns.map((heading) => ({ heading: [heading], kind: 'text' as const })),
        rows: people.map(({ name, email }) => [classCode, name, 'Hợp tác xã Mẫu', 'Xã viên', null, 'Kỹ năng thuyết minh', email, null]),
      },
    ],
    Temporal.Instant.from('2020-06-22T00:00:00Z'),
  );
}

/** Does something again and again, as people do who look at their mail. @returns ends it, and throws what went wrong */
export function repeat(work: () => Promise<void>): () => Promise<void> {
  const end = new AbortController();
  const going = async (): Promise<Error | null> => {
    try {
      while (!end.signal.aborted) {
        await work();
        await pause(100);
      }
      return null;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };
  const done = going();
  return async () => {
    end.abort();
    const error = await done;
    if (error !== null) throw error;
  };
}
