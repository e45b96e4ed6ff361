import type { ParsedMail } from 'mailparser';
import { eventually } from '#testing';
import { addressOf, type World } from '../system/world.js';
import { linkIn, nominationList, send, type Nominee } from './training-story.js';

export interface TrainingClass {
  readonly classId: string;
  readonly code: string;
  readonly courseId: string;
  readonly district: string;
  readonly state: string;
  readonly sessions: readonly {
    sessionId: string;
    day: string;
    startsAt: string;
    endsAt: string;
    trainerId: string | null;
    active: boolean;
  }[];
}
export interface Attendance {
  readonly enrolments: readonly { enrolmentId: string; name: string }[];
}

const BASIS = { legalBasis: 'state-task', basis: '100/KH-UBND', noticeVersion: '2020-05' } as const;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What people do with the system: an office over HTTP, trainers by the links of their mails. */
export class TrainingOffice {
  private readonly read = new Set<ParsedMail>();
  private readonly attended = new Set<string>();

  constructor(private readonly world: World) {}

  get<T>(path: string): Promise<T> {
    return this.world.system.api<T>('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.world.system.api<T>('POST', path, body);
  }

  /** Whether it was taken. */
  tries(path: string, body: unknown): Promise<boolean> {
    return this.post(path, body).then(
      () => true,
      () => false,
    );
  }

  /** In order of their code. */
  async classes(): Promise<TrainingClass[]> {
    return (await this.world.system.all<TrainingClass>('/classes')).sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  async classOf(code: string): Promise<TrainingClass> {
    return (await this.classes()).find((one) => one.code === code)!;
  }

  mails(subject: RegExp, to?: string): ParsedMail[] {
    return this.world.catcher.mails.filter((mail) => subject.test(mail.subject ?? '') && (to === undefined || addressOf(mail) === to));
  }

  arrival(subject: RegExp, to?: string, within = 30_000): Promise<ParsedMail> {
    return eventually(() => this.mails(subject, to)[0], { within, describe: () => `${subject.source} to ${to ?? 'anybody'}` });
  }

  async state(code: string, wanted: string, within: number): Promise<void> {
    await eventually(async () => ((await this.classOf(code)).state === wanted ? true : undefined), {
      within,
      describe: () => `class ${code} is ${wanted}`,
    });
  }

  /** The agency of the district sends its list. */
  async importList({ courseId, code, district }: TrainingClass, list: readonly Nominee[]) {
    const query = new URLSearchParams({ ...BASIS, agency: district });
    const response = await this.world.system.request(`/api/v1/courses/${courseId}/nominations/import?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': XLSX, 'idempotency-key': `${code}-${String(list.length)}` },
      body: new Uint8Array(await nominationList(code, list)),
    });
    return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
  }

  /** Trainers open the invitations that they have not read yet and answer. */
  async answerInvitations(declines: (address: string, subject: string) => boolean): Promise<void> {
    for (const mail of this.mails(/Mời giảng dạy lớp/)) {
      if (this.read.has(mail)) continue;
      this.read.add(mail);
      const link = linkIn(mail, 'invitations');
      await (await fetch(link)).text();
      const declined = declines(addressOf(mail), mail.subject ?? '');
      await send(link, declined ? { answer: 'declined', reason: 'Trùng lịch công tác.' } : { answer: 'accepted' });
    }
  }

  /** The trainer of a class opens the mails that ask for attendance, and ticks everybody as present. */
  async tickEverybody(code: string): Promise<void> {
    for (const mail of this.mails(new RegExp(`Đề nghị điểm danh lớp ${code}`))) {
      if (this.read.has(mail)) continue;
      this.read.add(mail);
      const link = linkIn(mail, 'attendance');
      const page = await (await fetch(link)).text();
      const boxes = [...new Set([...page.matchAll(/name="([\w-]+\.[\w-]+)"/g)].map(([, name]) => name!))];
      const response = await send(link, Object.fromEntries(boxes.map((name) => [name, 'present'])));
      if (response.status !== 200) throw new Error(`attendance by link: ${String(response.status)} ${await response.text()}`);
    }
  }

  /** The office takes attendance of what is over, and certifies and reports what is complete. Every tenth trainee never comes. @param but a class that it leaves alone */
  async attend(but: string): Promise<void> {
    const now = this.world.system.clock.now().toString();
    for (const { classId, code, state, sessions } of await this.classes()) {
      const over = sessions.filter(({ sessionId, endsAt, active }) => active && endsAt < now && !this.attended.has(sessionId));
      if (state === 'in-progress' && code !== but) {
        for (const { sessionId } of over) {
          const { enrolments } = await this.get<Attendance>(`/classes/${classId}/attendance`);
          const marks = enrolments.map(({ enrolmentId }, index) => ({ enrolmentId, status: index % 10 === 9 ? 'absent' : 'present' }));
          await this.post(`/class-sessions/${sessionId}/attendance`, { marks });
          this.attended.add(sessionId);
        }
      }
      if (state === 'completed')
        await this.post(`/classes/${classId}/certificates`, { signatory: 'Đỗ Văn Ký Mẫu', signatoryPosition: 'Giám đốc' });
      if (state === 'certified') await this.post(`/classes/${classId}/report`, { content: 'Lớp đã tổ chức đúng kế hoạch.' });
    }
  }
}
