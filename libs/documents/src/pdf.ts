import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake, { type Block, type Content, type Definition } from 'pdfmake';
import { type Temporal } from 'temporal-polyfill';
import { cleanText } from './clean-text.js';

/** Tinos has the measures of Times New Roman (Decree 30/2020/NĐ-CP, annex I) and every Vietnamese letter. */
const FONT_FOLDER = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));
const face = (name: string) => join(FONT_FOLDER, name, `Tinos_${name}.ttf`);

pdfmake.setFonts({
  Tinos: {
    normal: face('400Regular'),
    bold: face('700Bold'),
    italics: face('400Regular_Italic'),
    bolditalics: face('700Bold_Italic'),
  },
});
// Nothing is fetched, and no file but the typeface is read, whatever stands in a document.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(FONT_FOLDER));

/** Points in a millimetre. */
export const MM = 72 / 25.4;

export interface Page {
  readonly title: string;
  readonly orientation: 'portrait' | 'landscape';
  /** Points: left, top, right, bottom. */
  readonly margins: readonly [number, number, number, number];
  readonly fontSize: number;
  readonly background?: NonNullable<Definition['background']>;
  readonly header?: NonNullable<Definition['header']>;
  readonly footer?: NonNullable<Definition['footer']>;
  readonly content: readonly Content[];
  /** What the file says of when it was made: the same facts and the same time are the same bytes. */
  readonly madeAt: Temporal.Instant;
}

/** An A4 document. About 0.3 s of CPU for a roster: not for the process that answers HTTP. */
export async function pdf({ title, orientation, margins, fontSize, madeAt, ...more }: Page): Promise<Buffer> {
  const made = new Date(madeAt.epochMilliseconds);
  return pdfmake
    .createPdf({
      version: '1.7',
      language: 'vi-VN',
      info: { title, author: 'Đôn Đốc', creator: 'Đôn Đốc', creationDate: made, modDate: made },
      pageSize: 'A4',
      pageOrientation: orientation,
      pageMargins: margins,
      defaultStyle: { font: 'Tinos', fontSize },
      ...more,
    })
    .getBuffer();
}

/** Who issues a document: the body above it, and itself. Null when there is none above. */
export interface Issuer {
  readonly above: string | null;
  readonly name: string;
}

/** Head of an administrative document: issuer on the left, national title and motto on the right, each with its rule (Decree 30/2020/NĐ-CP, annex I). */
export function letterhead(issuer: Issuer): Block {
  return {
    columns: [
      {
        width: '*',
        stack: [
          ...(issuer.above === null ? [] : [{ text: cleanText(issuer.above).toUpperCase(), fontSize: 12 }]),
          { text: cleanText(issuer.name).toUpperCase(), fontSize: 12, bold: true },
          rule(70),
        ],
        alignment: 'center',
      },
      {
        width: '*',
        stack: [
          { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', fontSize: 12, bold: true },
          { text: 'Độc lập - Tự do - Hạnh phúc', fontSize: 13, bold: true },
          rule(160),
        ],
        alignment: 'center',
      },
    ],
    columnGap: 12,
  };
}

function rule(length: number): Block {
  return { canvas: [{ type: 'line', x1: 0, y1: 0, x2: length, y2: 0, lineWidth: 0.7 }], margin: [0, 2, 0, 0] };
}
