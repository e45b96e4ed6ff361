import { type Temporal } from 'temporal-polyfill';
import { type Block } from 'pdfmake';
import { cleanText } from './clean-text.js';
import { type Issuer, letterhead, MM, pdf } from './pdf.js';
import { dayText, longDayText } from './vietnamese-time.js';

export interface CertificateFacts {
  readonly issuer: Issuer;
  /** As it is registered, with its year: "15/2020/GCN-SNN". */
  readonly number: string;
  readonly name: string;
  readonly course: string;
  /** First and last day of the class. */
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  /** Half days attended, and how many there were. */
  readonly attended: number;
  readonly sessions: number;
  readonly place: string;
  readonly issuedOn: Temporal.PlainDate;
  readonly signatory: { readonly position: string; readonly name: string };
  readonly verification: {
    readonly code: string;
    /** Of the public page that confirms this certificate; the square code leads there. */
    readonly address: string;
  };
  readonly madeAt: Temporal.Instant;
}

/** Points. */
const FRAME = 8 * MM;
const QR_SIZE = 26 * MM;

/** A certificate of completion on one A4 page, landscape, with its verification code as text and its public page as a square code. */
export async function certificatePdf(facts: CertificateFacts): Promise<Buffer> {
  const number = cleanText(facts.number);
  return pdf({
    title: `Giấy chứng nhận số ${number}`,
    orientation: 'landscape',
    margins: [25 * MM, 16 * MM, 25 * MM, 14 * MM],
    fontSize: 15,
    background: (_page, { width, height }) => ({
      canvas: [{ type: 'rect', x: FRAME, y: FRAME, w: width - 2 * FRAME, h: height - 2 * FRAME, lineWidth: 2, lineColor: '#8C1C13' }],
    }),
    content: [
      letterhead(facts.issuer),
      { text: 'GIẤY CHỨNG NHẬN', bold: true, fontSize: 28, alignment: 'center', color: '#8C1C13', margin: [0, 40, 0, 0] },
      { text: `Số: ${number}`, fontSize: 13, alignment: 'center', margin: [0, 2, 0, 24] },
      { text: 'Chứng nhận ông (bà)', alignment: 'center' },
      { text: cleanText(facts.name), bold: true, fontSize: 24, alignment: 'center', margin: [0, 6, 0, 6] },
      { text: 'đã hoàn thành khóa tập huấn, bồi dưỡng', alignment: 'center' },
      { text: cleanText(facts.course), bold: true, fontSize: 18, alignment: 'center', margin: [0, 6, 0, 6] },
      { text: `${daysOf(facts)}, tham dự ${facts.attended}/${facts.sessions} buổi`, alignment: 'center', margin: [0, 0, 0, 30] },
      { columns: [verification(facts), signature(facts)], columnGap: 20, unbreakable: true },
    ],
    madeAt: facts.madeAt,
  });
}

function daysOf({ from, to }: CertificateFacts): string {
  return from.equals(to) ? `ngày ${dayText(from)}` : `từ ngày ${dayText(from)} đến ngày ${dayText(to)}`;
}

function verification({ verification: { code, address } }: CertificateFacts): Block {
  return {
    width: '*',
    columns: [
      { qr: address, fit: QR_SIZE, eccLevel: 'M', width: 'auto' },
      {
        width: '*',
        stack: [
          { text: 'Mã xác thực:' },
          { text: cleanText(code), bold: true, fontSize: 13 },
          { text: 'Kiểm tra tại:' },
          { text: address },
        ],
        fontSize: 10,
        margin: [0, 4, 0, 0],
      },
    ],
    columnGap: 8,
  };
}

function signature({ place, issuedOn, signatory }: CertificateFacts): Block {
  return {
    width: '*',
    stack: [
      { text: cleanText(`${place}, ${longDayText(issuedOn)}`), italics: true, fontSize: 14 },
      { text: cleanText(signatory.position).toUpperCase(), bold: true, fontSize: 13, margin: [0, 4, 0, 22 * MM] },
      { text: cleanText(signatory.name), bold: true, fontSize: 14 },
    ],
    alignment: 'center',
  };
}
