import type { Mail } from '#contracts';
import type { Language } from './letter.js';
import { RenderMail } from './render-mail.js';
import { sampleLetter, sampleMails, samplePeople } from './samples.js';

const URL = 'https://dondoc.example';
const mails: RenderMail = RenderMail.compiled();
const render = (mail: Mail, language: Language = 'vi') => mails.render(mail, samplePeople, language, URL);
const [digest, calm] = sampleMails['weekly-digest'];

describe('a chasing mail', () => {
  it('says to whom may send it that an item for the city office is prepared, and to the city office by which letter it came', () => {
    const [prepared, sent] = [render(sampleLetter(null), 'vi+en'), render(sampleLetter('1888/SNN-KHTC'), 'vi+en')];
    expect(prepared.subject).toMatch(/\] Chờ Quý cơ quan gửi báo cáo Văn phòng UBND Thành phố: Sở Công Thương, Báo cáo tháng/);
    expect(sent.subject).toMatch(/\] Báo cáo UBND Thành phố: Sở Công Thương, Báo cáo tháng/);
    for (const said of ['chờ Quý cơ quan quyết định và gửi, hệ thống không tự gửi', 'waits for you to decide and send it']) {
      expect(prepared.text).toContain(said);
      expect(sent.text).not.toContain(said);
    }
    for (const said of ['đã báo cáo tại Công văn số 1888/SNN-KHTC', 'Reported by the standing agency in letter 1888/SNN-KHTC']) {
      expect(sent.text).toContain(said);
      expect(prepared.text).not.toContain(said);
    }
    // Whoever has an item to send still has something to do.
    expect([prepared, sent].map(({ text }) => text.includes('không còn bước tự động'))).toEqual([false, true]);
  });
});

describe('a weekly digest', () => {
  it('tells how many prepared documents of each kind wait for its reader, and where they are', () => {
    const { text } = render(digest!, 'vi+en');
    for (const said of [
      'Văn bản đã chuẩn bị, chờ Quý cơ quan quyết định',
      'Mục báo cáo Văn phòng UBND Thành phố',
      '2 văn bản đang chờ',
      '2 documents wait for you',
      '1 document waits for you',
      `${URL}${digest!.waiting[1]!.path}`,
    ])
      expect(text).toContain(said);
    expect(render(calm!).text).not.toContain('Văn bản đã chuẩn bị');
  });
});
