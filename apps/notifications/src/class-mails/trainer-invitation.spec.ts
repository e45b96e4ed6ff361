import type { Mail } from '#contracts';
import type { Language } from '../templates/letter.js';
import { RenderMail } from '../templates/render-mail.js';
import { samplePeople } from '../templates/samples.js';
import { sampleInvitation } from './class-samples.js';

const URL = 'https://dondoc.example';
const mails = RenderMail.compiled();
const render = (mail: Mail, language: Language = 'vi') => mails.render(mail, samplePeople, language, URL);

describe('an invitation to teach', () => {
  it.each([
    [
      'vi',
      '[OCOP 2020] Mời giảng dạy lớp TH-2020-01: Tập huấn chủ thể OCOP huyện Thạch Thất, từ ngày 09/07/2020',
      [
        'Khóa: Xây dựng và phát triển sản phẩm OCOP',
        'Địa điểm: Nhà văn hóa huyện Thạch Thất, Thị trấn Liên Quan, huyện Thạch Thất',
        'Buổi 1, ngày 09/07/2020',
        'Thời gian: từ 08:00 đến 11:30',
        'Nội dung: Chu trình OCOP thường niên',
        'Buổi 3, ngày 10/07/2020',
        'trả lời chậm nhất ngày 30/06/2020',
        'chỉ mở trang xem thư mời. Ông/Bà nhận lời hoặc từ chối bằng nút bấm trên trang đó',
      ],
    ],
    [
      'en',
      '[OCOP 2020] Invitation to teach, class TH-2020-01: Tập huấn chủ thể OCOP huyện Thạch Thất, from 09/07/2020',
      [
        'Course: Building and developing OCOP products',
        'Session 3, 10/07/2020',
        'Time: 13:30 to 17:00',
        'Topic: Phương án sản xuất kinh doanh',
        'answer no later than 30/06/2020',
        'only shows the invitation. You accept or decline with a button on that page',
      ],
    ],
  ] as const)('tells in %s the class, where, the sessions, and how and until when to answer', (language, said, facts) => {
    const { subject, html, text } = render(sampleInvitation, language);
    expect(subject).toBe(said);
    for (const fact of facts) for (const shown of [html, text]) expect(shown).toContain(fact);
  });

  it('names the first day, whatever the order of its sessions, and leads to its page alone', () => {
    const { subject, html } = render({ ...sampleInvitation, sessions: sampleInvitation.sessions.toReversed() });
    expect(subject).toContain('từ ngày 09/07/2020');
    expect([...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => url)).toEqual([`${URL}/invitations/${sampleInvitation.token}`]);
  });
});
