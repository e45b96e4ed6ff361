import { classOccasions, type Mail } from '#contracts';
import type { Language } from '../templates/letter.js';
import { RenderMail } from '../templates/render-mail.js';
import { samplePeople } from '../templates/samples.js';
import { sampleCertificate, sampleClassMails, sampleMissing, sampleNotice, sampleRoster } from './class-samples.js';

const URL = 'https://dondoc.example';
const mails = RenderMail.compiled();
const render = (mail: Mail, language: Language = 'vi') => mails.render(mail, samplePeople, language, URL);
const linksOf = (html: string) => [...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => url);
const says = (mail: Mail, language: Language, facts: readonly string[]) => {
  const { html, text } = render(mail, language);
  for (const fact of facts) for (const shown of [html, text]) expect(shown).toContain(fact);
};

describe('a roster mail', () => {
  it.each([
    [
      'vi',
      [
        'Phiên bản danh sách: 2',
        'Số học viên: 2',
        'Học viên mới so với lần gửi trước: 1',
        'Học viên không còn so với lần gửi trước: 3',
        'Chốt danh sách lúc: 08:00 ngày 02/07/2020',
        'Nội dung thay đổi: địa điểm, lịch các buổi học, giảng viên',
        'Ông/Bà giảng dạy',
        'Đã hủy',
        '“Danh sách học viên lớp TH-2020-01, phiên bản 2.xlsx”',
        'có hiệu lực đến hết ngày 24/07/2020',
      ],
    ],
    [
      'en',
      ['Version of the roster: 2', 'Locked at: 08:00, 02/07/2020', 'What changed: the venue, the sessions, the trainers', 'Cancelled'],
    ],
  ] as const)('tells in %s which roster it is, what is different, and until when its link opens', (language, facts) => {
    const { text } = render(sampleRoster, language);
    for (const fact of facts) expect(text).toContain(fact);
    expect(linksOf(render(sampleRoster, language).html)).toEqual([`${URL}/rosters/${sampleRoster.token}`]);
  });

  it('says in its subject which update it is, and of the first that it is none', () => {
    expect(render(sampleRoster).subject).toBe(
      '[OCOP 2020] Danh sách học viên (cập nhật lần 1) lớp TH-2020-01: Tập huấn chủ thể OCOP huyện Thạch Thất, từ ngày 09/07/2020',
    );
    const first = render({ ...sampleRoster, rosterVersion: 1, delta: null, cancelled: [] });
    expect(first.subject).toContain('] Danh sách học viên lớp TH-2020-01');
    expect(first.text).not.toMatch(/lần gửi trước|thay đổi|Đã hủy/);
  });

  it('names nobody of the class: they stand in the attached list alone', () => {
    const { subject, html, text } = render(sampleRoster, 'vi+en');
    for (const part of [subject, html, text]) expect(part).not.toMatch(/Mẫu Yến|Mẫu An|Trần Văn Mẫu/);
  });
});

describe('a notice about a class', () => {
  it('to a trainee who is invited tells where, when, what to do who cannot come, and where their data is from', () => {
    const [invitation] = sampleClassMails['class-notice'];
    expect(render(invitation!).subject).toBe(
      '[OCOP 2020] Mời tham gia lớp TH-2020-01: Tập huấn chủ thể OCOP huyện Thạch Thất, từ ngày 09/07/2020',
    );
    says(invitation!, 'vi', [
      'trân trọng mời Ông/Bà tham dự lớp tập huấn sau',
      'Địa điểm: Nhà văn hóa huyện Thạch Thất, Thị trấn Liên Quan, huyện Thạch Thất',
      'Buổi 3, ngày 10/07/2020',
      'Thời gian: từ 13:30 đến 17:00',
      'báo ngay cơ quan đã cử Ông/Bà',
      'Ông/Bà có quyền xem, đề nghị chỉnh sửa, xóa hoặc hạn chế xử lý dữ liệu',
    ]);
  });

  it('of a change tells decision, reason, what changed and why it comes late', () => {
    says(sampleNotice, 'vi', [
      'Theo văn bản: 15/TB-SNN',
      'Lý do: Địa điểm cũ phải sửa chữa',
      'Nội dung thay đổi: địa điểm, lịch các buổi học',
      'Các buổi không còn trong lịch của Ông/Bà',
      'muộn hơn 3 ngày làm việc trước buổi đầu. Lý do: Quyết định có trước buổi học hai ngày',
    ]);
    says(sampleNotice, 'en', ['By decision: 15/TB-SNN', 'What changed: the venue, the sessions', 'leaves later than 3 working days']);
  });

  it('of a class that fell away asks nobody to come, and takes the sessions out of the calendar', () => {
    const cancelled: typeof sampleNotice = { ...sampleNotice, occasion: 'cancelled', venue: null, sessions: [], changed: [], urgent: null };
    const { subject, text } = render(cancelled);
    expect(subject).toBe('[OCOP 2020] Hủy lớp TH-2020-01: Tập huấn chủ thể OCOP huyện Thạch Thất');
    expect(text).toContain('không còn buổi nào phải đến');
    expect(text).not.toContain('Khi có lịch mới');
    expect(render({ ...cancelled, occasion: 'postponed' }).text).toContain('Khi có lịch mới, hệ thống sẽ thông báo');
    expect(text).not.toMatch(/Địa điểm:|có mặt đúng giờ/);
  });

  it('speaks to a trainer as to a trainer, tells nothing of trainees’ data, and has no link', () => {
    const { html, text } = render({ ...sampleNotice, reader: 'trainer' });
    expect(text).toContain('lớp tập huấn mà Ông/Bà giảng dạy');
    expect(text).not.toMatch(/cử đi học|học viên/);
    expect(linksOf(html)).toEqual([]);
  });

  it.each(['vi', 'en'] as const)('differs in %s in its subject and in its lead by its occasion', (language) => {
    const read = classOccasions.map((occasion) => render({ ...sampleNotice, occasion }, language));
    expect(new Set(read.map(({ subject }) => subject)).size).toBe(classOccasions.length);
    expect(new Set(read.map(({ text }) => text.split('\n')[5])).size).toBe(classOccasions.length);
  });
});

describe('a mail that asks for attendance', () => {
  it('names the days in its subject, the sessions, and leads to a page that opening alone changes nothing on', () => {
    const { subject, html } = render(sampleMissing);
    expect(subject).toBe(
      '[OCOP 2020] Đề nghị điểm danh lớp TH-2020-01: Tập huấn chủ thể OCOP huyện Thạch Thất, ngày 09/07/2020, 10/07/2020',
    );
    says(sampleMissing, 'vi', ['Buổi 1, ngày 09/07/2020', 'Mở đường dẫn chưa ghi gì', 'đến hết ngày 24/07/2020']);
    says(sampleMissing, 'en', ['Sessions without attendance', 'Opening the link records nothing']);
    expect(linksOf(html)).toEqual([`${URL}/attendance/${sampleMissing.token}`]);
  });
});

describe('a certificate mail', () => {
  it('tells the number and the day, and leads to the page that confirms it', () => {
    const { subject, html } = render(sampleCertificate);
    expect(subject).toBe('[OCOP 2020] Giấy chứng nhận hoàn thành lớp TH-2020-01: Tập huấn chủ thể OCOP huyện Thạch Thất');
    says(sampleCertificate, 'vi', ['Số giấy chứng nhận: 15/2020/GCN-SNN', 'Ngày cấp: 15/07/2020']);
    says(sampleCertificate, 'en', ['Certificate number: 15/2020/GCN-SNN', 'Issued on: 15/07/2020']);
    expect(linksOf(html)).toEqual([`${URL}/certificates/${sampleCertificate.code}`]);
  });
});
