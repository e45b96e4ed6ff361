import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, formatDate } from '#calendar';
import { Env, type GatewayEnv } from '#config';
import type { getCertificate, ReplyOf } from '#contracts';
import { workbook } from '#documents';
import { PdfMaker } from '#documents/pdf';

type Certificate = ReplyOf<typeof getCertificate>;

/** Where certificates are signed: an assumption, all agencies of the programme are of the city. */
const PLACE = 'Hà Nội';
/** Above the agencies that hold courses. */
const ABOVE = 'Ủy ban nhân dân thành phố Hà Nội';

/** Certificates as files. PDFs are drawn in a thread of their own, which begins with the first of them. */
@Injectable()
export class CertificateFiles implements OnApplicationShutdown {
  private readonly maker = new PdfMaker();

  constructor(
    private readonly env: Env<GatewayEnv>,
    private readonly clock: Clock,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.maker.close();
  }

  /** As it is printed and signed. Who was forgotten has none: their name is nowhere any more. */
  pdf(certificate: Certificate & { readonly name: string }): Promise<Buffer> {
    const { number, name, course, firstDay, lastDay, attended, sessions, code } = certificate;
    return this.maker.certificate({
      issuer: { above: ABOVE, name: certificate.issuer.name },
      number,
      name,
      course: course.title,
      from: Temporal.PlainDate.from(firstDay),
      to: Temporal.PlainDate.from(lastDay),
      attended,
      sessions,
      place: PLACE,
      issuedOn: Temporal.PlainDate.from(certificate.issuedOn),
      signatory: { position: certificate.signatoryPosition, name: certificate.signatory },
      verification: { code, address: new URL(`/certificates/${code}`, this.env.get('PUBLIC_URL')).href },
      madeAt: this.clock.now(),
    });
  }

  /** The register as an office keeps it: in order of numbers, with those that were revoked. */
  register(certificates: readonly Certificate[]): Promise<Buffer> {
    const text = (heading: string) => ({ heading: [heading], kind: 'text' as const });
    const day = (heading: string) => ({ heading: [heading], kind: 'date' as const, width: 12 });
    const on = (iso: string) => Temporal.PlainDate.from(iso);
    return workbook(
      [
        {
          name: 'Sổ cấp giấy chứng nhận',
          title: 'Sổ cấp giấy chứng nhận',
          notes: [
            `Tính đến ngày ${formatDate(this.clock.now().toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate())}; ${String(certificates.length)} giấy`,
          ],
          columns: [
            text('Số'),
            text('Họ và tên'),
            text('Đơn vị'),
            text('Cơ quan cử'),
            text('Lớp'),
            text('Khóa'),
            day('Từ ngày'),
            day('Đến ngày'),
            { heading: ['Số buổi dự'], kind: 'integer' },
            { heading: ['Tổng số buổi'], kind: 'integer' },
            day('Ngày cấp'),
            text('Người ký'),
            text('Thu hồi'),
          ],
          rows: certificates.map((one) => [
            one.number,
            one.name,
            one.unit,
            one.agency,
            one.class,
            one.course.title,
            on(one.firstDay),
            on(one.lastDay),
            one.attended,
            one.sessions,
            on(one.issuedOn),
            `${one.signatoryPosition} ${one.signatory}`,
            one.revokedReason,
          ]),
        },
      ],
      this.clock.now(),
    );
  }
}
