import { performance } from 'node:perf_hooks';
import { Temporal } from 'temporal-polyfill';
import type { CertificateFacts } from './certificate.js';
import { certificatePdf } from './certificate.js';
import { openedPdf } from './opened-pdf.int-fixture.js';
import { PdfMaker } from './pdf-maker.js';
import { rosterPdf } from './roster-pdf.js';
import type { RosterFacts } from './roster.js';

const roster: RosterFacts = {
  issuer: { above: 'UBND thành phố Hà Nội', name: 'Sở Mẫu' },
  planDocument: 'Kế hoạch số 100/KH-UBND',
  course: 'Khóa mẫu',
  classCode: 'DL-03',
  classTitle: 'Lớp mẫu',
  venue: { name: 'Nhà văn hóa', address: 'Huyện mẫu' },
  sessions: [
    {
      ordinal: 1,
      date: Temporal.PlainDate.from('2020-06-16'),
      part: 'morning',
      startsAt: '08:00',
      endsAt: '11:30',
      topic: 'Mở đầu',
      trainer: 'TS Trần Văn Mẫu',
    },
  ],
  trainees: Array.from({ length: 70 }, (_, index) => ({ name: `Nguyễn Mẫu ${index}`, unit: 'UBND xã', position: 'Chủ hộ', needs: '' })),
  version: 1,
  lockedAt: Temporal.Instant.from('2020-06-09T01:00:00Z'),
  madeAt: Temporal.Instant.from('2020-06-12T02:00:00Z'),
};
const certificate: CertificateFacts = {
  issuer: { above: null, name: 'Sở Mẫu' },
  number: '15/2020/GCN-SM',
  name: 'Nguyễn Thị Mẫu',
  course: 'Khóa mẫu',
  from: Temporal.PlainDate.from('2020-06-16'),
  to: Temporal.PlainDate.from('2020-06-17'),
  attended: 4,
  sessions: 4,
  place: 'Hà Nội',
  issuedOn: Temporal.PlainDate.from('2020-06-20'),
  signatory: { position: 'Giám đốc', name: 'Lê Văn Mẫu' },
  verification: { code: 'MAU-01', address: 'https://dondoc.example/certificates/MAU-01' },
  madeAt: Temporal.Instant.from('2020-06-20T02:00:00Z'),
};

describe('a maker of PDFs', () => {
  const maker = new PdfMaker();
  afterAll(() => maker.close());

  it('gives the same bytes as drawing in the process, for everybody who asks at once', async () => {
    const [first, second, third] = await Promise.all([maker.roster(roster), maker.certificate(certificate), maker.roster(roster)]);
    expect(first.equals(await rosterPdf(roster))).toBe(true);
    expect(third.equals(first)).toBe(true);
    expect(second.equals(await certificatePdf(certificate))).toBe(true);
    expect((await openedPdf(second)).pages[0]).toContain('15/2020/GCN-SM');
  });

  it('leaves the process free to answer meanwhile', async () => {
    const before = performance.eventLoopUtilization();
    await Promise.all(Array.from({ length: 5 }, () => maker.roster(roster)));
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  });

  it('says why one cannot be made, and goes on', async () => {
    await expect(maker.roster({ ...roster, classTitle: undefined as unknown as string, venue: null as never })).rejects.toThrow(/null/);
    await expect(maker.certificate(certificate)).resolves.toBeInstanceOf(Buffer);
  });

  it('that was closed refuses what it had not finished, and begins again with the next order', async () => {
    const unfinished = maker.roster(roster);
    const refused = expect(unfinished).rejects.toThrow('the thread that makes PDFs ended');
    await maker.close();
    await refused;
    await expect(maker.certificate(certificate)).resolves.toBeInstanceOf(Buffer);
  });
});
