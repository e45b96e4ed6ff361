import { type Block, type Content } from 'pdfmake';
import { letterhead, MM, pdf } from './pdf.js';
import { rosterText, type RosterFacts, type RosterText } from './roster.js';

/** Points: high enough to sign in. */
const ROW_HEIGHT = 9 * MM;
/** Points: TT, name, unit (what is left), position, needs. */
const WIDTHS = [20, 125, '*', 90, 115] as const;
/** Points that the boxes of one table share, and how wide one may be. */
const BOXES_WIDTH = 280;
const BOX_WIDTH = 56;
/** A class of more sessions gets a second table: boxes narrower than this cannot be signed. */
const BOXES_IN_TABLE = 8;

/**
 * A class's roster as PDF, A4 landscape: head, title, sessions, and a table whose header stands on every page and whose rows do not break, with a box to
 * sign in for each session. Pages are numbered from the second one on, at the top (Decree 30/2020/NĐ-CP, annex I).
 */
export async function rosterPdf(facts: RosterFacts): Promise<Buffer> {
  const text = rosterText(facts);
  return pdf({
    title: `${text.title} – ${text.facts[0] ?? ''}`,
    orientation: 'landscape',
    margins: [20 * MM, 18 * MM, 15 * MM, 16 * MM],
    fontSize: 11,
    header: (page) => (page === 1 ? '' : { text: String(page), alignment: 'center', margin: [0, 9 * MM, 0, 0], fontSize: 13 }),
    footer: (_page, pages) => ({
      text: `${text.facts[0] ?? ''}. Phiên bản ${facts.version}, gồm ${pages} trang`,
      fontSize: 9,
      italics: true,
      margin: [20 * MM, 4 * MM, 15 * MM, 0],
    }),
    content: [
      letterhead(facts.issuer),
      { text: text.title, bold: true, fontSize: 14, alignment: 'center', margin: [0, 12, 0, 2] },
      { text: text.facts[0] ?? '', bold: true, fontSize: 13, alignment: 'center', margin: [0, 0, 0, 6] },
      { stack: [...text.facts.slice(1), ...text.sessions], margin: [0, 0, 0, 8] },
      ...tables(text),
      signatures(),
    ],
    madeAt: facts.madeAt,
  });
}

function tables(text: RosterText): Block[] {
  const drawn: Block[] = [];
  for (let from = 0; from === 0 || from < text.boxes.length; from += BOXES_IN_TABLE) {
    drawn.push(table(text, text.boxes.slice(from, from + BOXES_IN_TABLE), from > 0));
  }
  return drawn;
}

function table(text: RosterText, boxes: RosterText['boxes'], onNewPage: boolean): Block {
  const header = [...text.columns, ...boxes.map((lines) => lines.join('\n'))].map((heading): Content => ({
    text: heading,
    bold: true,
    alignment: 'center',
    fillColor: '#E8EEF4',
  }));
  const width = Math.min(BOX_WIDTH, BOXES_WIDTH / boxes.length);
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: [...WIDTHS, ...boxes.map(() => width)],
      heights: (row) => (row === 0 ? 'auto' : ROW_HEIGHT),
      body: [
        header,
        ...text.rows.map(([number, ...cells]) => [
          { text: String(number), alignment: 'center' } as const,
          ...cells.map((cell) => ({ text: cell })),
          ...boxes.map(() => ''),
        ]),
      ],
    },
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0.5,
      paddingLeft: () => 3,
      paddingRight: () => 3,
      paddingTop: () => 3,
      paddingBottom: () => 2,
    },
    ...(onNewPage ? { pageBreak: 'before' } : {}),
  };
}

function signatures(): Block {
  const signature = (who: string): Block => ({
    width: '*',
    stack: [
      { text: who.toUpperCase(), bold: true, fontSize: 12 },
      { text: '(Ký, ghi rõ họ tên)', italics: true },
    ],
    alignment: 'center',
    margin: [0, 0, 0, 20 * MM],
  });
  return { columns: [signature('Giảng viên'), signature('Đại diện ban tổ chức lớp')], unbreakable: true, margin: [0, 12, 0, 0] };
}
