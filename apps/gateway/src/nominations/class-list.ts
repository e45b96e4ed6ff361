import { Temporal } from 'temporal-polyfill';
import { formatDateTime } from '#calendar';
import type { readClassList, ReplyOf } from '#contracts';
import { workbook, type Column } from '#documents';

type List = ReplyOf<typeof readClassList>;

const text = (heading: string, width?: number): Column => ({ heading: [heading], kind: 'text', ...(width === undefined ? {} : { width }) });

/** `danh sách lớp LOP-A-01.xlsx` */
export const listName = ({ class: code }: List): string => `danh sách lớp ${code}.xlsx`;

/** The list as an office prints it: in order, numbered. */
export function asWorkbook(list: List): Promise<Buffer> {
  const asOf = Temporal.Instant.from(list.asOf);
  return workbook(
    [
      {
        name: 'Danh sách',
        title: `Danh sách học viên lớp ${list.class} - ${list.title}`,
        notes: [`Tính đến ${formatDateTime(asOf).replace(' ', ' ngày ')}; ${String(list.items.length)} học viên`],
        columns: [
          { heading: ['TT'], kind: 'integer' },
          ...['Họ và tên', 'Đơn vị', 'Chức vụ', 'Cơ quan cử', 'Lãnh đạo', 'Nhu cầu', 'Email', 'Điện thoại'].map((heading) => text(heading)),
        ],
        rows: list.items.map((one, index) => [
          index + 1,
          one.fullName,
          one.unit,
          one.position,
          one.agency,
          one.leader ? 'x' : null,
          one.needs,
          one.email,
          one.phone,
        ]),
      },
    ],
    asOf,
  );
}
