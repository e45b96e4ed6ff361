import { stringify } from 'yaml';

export interface Reporter {
  readonly code: string;
  readonly name: string;
  readonly contacts: readonly { readonly role: 'FOCAL' | 'HEAD'; readonly name: string; readonly email: string; readonly phone?: string }[];
  readonly reportsTo?: string;
}

const assumption = 'sample of a test';
const agency = (reporter: Reporter, kind: string) => ({
  nameEn: `Agency ${reporter.code}`,
  shortName: reporter.code,
  kind,
  validFrom: '2008-08-01',
  assumption,
  ...reporter,
});
/** The agencies above every reporter: the standing agency and the city's office. */
export const above: readonly Reporter[] = [
  {
    code: 'THUONG-TRUC',
    name: 'Sở Thường trực',
    contacts: [{ role: 'FOCAL', name: 'Lê Mẫu Trực', email: 'dau-moi@thuong-truc.example', phone: '024 0000 2001' }],
  },
  {
    code: 'VAN-PHONG',
    name: 'Văn phòng Thành phố',
    contacts: [{ role: 'FOCAL', name: 'Trần Mẫu Phòng', email: 'dau-moi@van-phong.example', phone: '024 0000 2002' }],
  },
];

/** So many agencies with a focal contact and a head each. Their mails: `2 * count` for a rung that goes to both. */
export function reporters(count: number): Reporter[] {
  return Array.from({ length: count }, (_, index) => ({
    code: `DV-${index + 1}`,
    name: `Đơn vị ${index + 1}`,
    contacts: [
      { role: 'FOCAL', name: `Nguyễn Mẫu Số ${index + 1}`, email: `dau-moi@dv-${index + 1}.example` },
      { role: 'HEAD', name: `Phạm Mẫu Số ${index + 1}`, email: `lanh-dao@dv-${index + 1}.example` },
    ],
  }));
}

/** A plan of one monthly report, due by 17 June 2020, a Wednesday, under the shipped ladder: as an object, so that a test can bend it. */
export function planOf(owing: readonly Reporter[]) {
  return {
    document: {
      number: '7/KH-UBND',
      issuedOn: '2020-05-15',
      issuePlace: 'Hà Nội',
      title: 'Kế hoạch mẫu',
      programme: 'OCOP 2020',
      year: 2020,
      field: 'Thương mại',
      signatory: 'Nguyễn Văn Mẫu',
      effectiveOn: '2020-05-15',
      endsOn: '2020-12-31',
      issuer: 'VAN-PHONG',
      standingAgency: 'THUONG-TRUC',
      cityOffice: 'VAN-PHONG',
      assumption,
    },
    legalBases: [],
    agencies: [...above.map((one) => agency(one, 'OFFICE')), ...owing.map((one) => agency(one, 'DEPARTMENT'))],
    reports: [
      {
        code: 'BC-THANG',
        title: 'Báo cáo tháng',
        titleEn: 'Monthly report',
        type: 'PERIODIC',
        frequency: 'MONTHLY',
        receiver: 'THUONG-TRUC',
        reporters: owing.map(({ code }) => code),
        due: { word: 'NO_LATER_THAN', dayOfLastMonth: 17, roll: 'FORWARD' },
        firstPeriod: '2020-06',
        lastPeriod: '2020-06',
        ladder: 'default',
        basis: 'mẫu',
        assumption,
      },
    ],
  };
}

export const asYaml = (plan: object): string => stringify(plan, { aliasDuplicateObjects: false });
