import { Temporal } from 'temporal-polyfill';
import { certificatePdf, type CertificateFacts } from './certificate.js';
import { openedPdf } from './opened-pdf.int-fixture.js';

const FACTS: CertificateFacts = {
  issuer: { above: 'UBND thành phố Hà Nội', name: 'Sở Nông nghiệp và Phát triển nông thôn' },
  number: '15/2020/GCN-SNN',
  name: 'Nguyễn Thị Ẩn Mẫu'.normalize('NFD'),
  course: 'Phát triển du lịch nông thôn gắn với làng nghề',
  from: Temporal.PlainDate.from('2020-06-16'),
  to: Temporal.PlainDate.from('2020-06-17'),
  attended: 4,
  sessions: 4,
  place: 'Hà Nội',
  issuedOn: Temporal.PlainDate.from('2020-02-03'),
  signatory: { position: 'Giám đốc', name: 'Lê Văn Thử' },
  verification: { code: '7K3Q-9M2F-XT5A', address: 'https://dondoc.example/chung-nhan/7K3Q-9M2F-XT5A' },
  madeAt: Temporal.Instant.from('2020-07-01T02:00:00Z'),
};

describe('a certificate', () => {
  it('says who completed what, when, by whom it is given and how to check it, on one page', async () => {
    const file = await certificatePdf(FACTS);
    const { pages, info, landscape, shapes } = await openedPdf(file);
    expect([pages.length, landscape, info['Title']]).toEqual([1, true, 'Giấy chứng nhận số 15/2020/GCN-SNN']);
    // A square code is some hundred little squares; that it leads to the address was seen with a reader (zbar).
    expect(shapes).toBeGreaterThan(200);
    for (const part of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc',
      'Số: 15/2020/GCN-SNN Chứng nhận ông (bà) Nguyễn Thị Ẩn Mẫu đã hoàn thành khóa tập huấn, bồi dưỡng Phát triển du lịch nông thôn gắn với làng nghề',
      'từ ngày 16/06/2020 đến ngày 17/06/2020, tham dự 4/4 buổi',
      'Mã xác thực: 7K3Q-9M2F-XT5A Kiểm tra tại: https://dondoc.example/chung-nhan/7K3Q-9M2F-XT5A',
      'Hà Nội, ngày 03 tháng 02 năm 2020 GIÁM ĐỐC Lê Văn Thử',
    ]) {
      expect(pages[0]).toContain(part.normalize('NFC'));
    }
  });

  it('stays on one page with the longest names, and tells a class of one day as one', async () => {
    const long = { ...FACTS, name: 'Nguyễn Trần Thị Thanh Phương '.repeat(3), course: FACTS.course.repeat(3), to: FACTS.from };
    const { pages } = await openedPdf(await certificatePdf(long));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('làng nghề ngày 16/06/2020, tham dự');
  });

  it('is the same bytes for the same facts', async () => {
    const file = await certificatePdf(FACTS);
    expect((await certificatePdf({ ...FACTS })).equals(file)).toBe(true);
    expect(
      (await certificatePdf({ ...FACTS, verification: { ...FACTS.verification, address: 'https://dondoc.example/khac' } })).equals(file),
    ).toBe(false);
  });
});
