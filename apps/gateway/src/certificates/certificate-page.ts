import { Temporal } from 'temporal-polyfill';
import { formatDate, localDate } from '#calendar';
import type { confirmCertificate, ReplyOf } from '#contracts';
import { html } from '../links/html.js';
import { letterPage, type Language } from '../links/letter-page.js';

type Confirmed = ReplyOf<typeof confirmCertificate>;

const words = {
  vi: {
    title: 'Xác thực giấy chứng nhận',
    valid: 'Giấy chứng nhận này có hiệu lực.',
    revoked: (day: string) => `Giấy chứng nhận này đã bị thu hồi ngày ${day}, không còn hiệu lực.`,
    number: 'Số',
    name: 'Họ và tên',
    forgotten: 'Không hiển thị: dữ liệu cá nhân đã được khử nhận dạng.',
    course: 'Khóa tập huấn, bồi dưỡng',
    days: 'Thời gian học',
    attended: 'Số buổi tham dự',
    issuedOn: 'Ngày cấp',
    issuer: 'Cơ quan cấp',
  },
  en: {
    title: 'Confirm a certificate',
    valid: 'This certificate is valid.',
    revoked: (day: string) => `This certificate was revoked on ${day} and is not valid.`,
    number: 'Number',
    name: 'Name',
    forgotten: 'Not shown: the personal data was de-identified.',
    course: 'Course',
    days: 'Held',
    attended: 'Sessions attended',
    issuedOn: 'Issued on',
    issuer: 'Issued by',
  },
} as const;

/** Whether a certificate is what it says, for whoever has its code. Pure. */
export function certificatePage(certificate: Confirmed, lang: Language): string {
  const text = words[lang];
  const { number, name, course, issuer, firstDay, lastDay, attended, sessions, issuedOn, revokedAt } = certificate;
  const days = firstDay === lastDay ? dayText(firstDay) : `${dayText(firstDay)} - ${dayText(lastDay)}`;
  const standing = revokedAt === null ? text.valid : text.revoked(formatDate(localDate(Temporal.Instant.from(revokedAt))));
  return letterPage(
    lang,
    text.title,
    html`<h1>${text.title}</h1>
      <p class="notice" role="status">${standing}</p>
      <dl>
        <dt>${text.number}</dt>
        <dd>${number}</dd>
        <dt>${text.name}</dt>
        <dd>${name ?? text.forgotten}</dd>
        <dt>${text.course}</dt>
        <dd>${lang === 'vi' ? course.title : course.titleEn}</dd>
        <dt>${text.days}</dt>
        <dd>${days}</dd>
        <dt>${text.attended}</dt>
        <dd>${attended}/${sessions}</dd>
        <dt>${text.issuedOn}</dt>
        <dd>${dayText(issuedOn)}</dd>
        <dt>${text.issuer}</dt>
        <dd>${lang === 'vi' ? issuer.name : issuer.nameEn}</dd>
      </dl>`,
  );
}

const dayText = (day: string): string => formatDate(Temporal.PlainDate.from(day));
