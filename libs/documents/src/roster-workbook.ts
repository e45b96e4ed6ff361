import { rosterText, type RosterFacts } from './roster.js';
import { workbook } from './workbook.js';

/** Points: high enough to sign in. */
const ROW_HEIGHT = 30;
/** Characters. */
const BOX_WIDTH = 14;

/** A class's roster as XLSX: one row for each trainee, one box for each session to sign in. */
export async function rosterWorkbook(facts: RosterFacts): Promise<Buffer> {
  const text = rosterText(facts);
  return workbook(
    [
      {
        name: 'Danh sách học viên',
        title: text.title,
        notes: [...text.facts, ...text.sessions],
        columns: [
          ...text.columns.map((heading, index) => ({ heading: [heading], kind: index === 0 ? ('integer' as const) : ('text' as const) })),
          ...text.boxes.map((heading) => ({ heading, kind: 'text' as const, width: BOX_WIDTH })),
        ],
        rows: text.rows.map((row) => [...row, ...text.boxes.map(() => null)]),
        rowHeight: ROW_HEIGHT,
      },
    ],
    facts.madeAt,
  );
}
