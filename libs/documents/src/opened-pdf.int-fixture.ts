import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface OpenedPdf {
  /** The text of each page, in reading order, words apart by one space. */
  readonly pages: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
  readonly landscape: boolean;
  /** Lines and rectangles drawn on the first page. */
  readonly shapes: number;
}

/** What another program (Mozilla's pdf.js) finds in a PDF. */
export async function openedPdf(file: Buffer): Promise<OpenedPdf> {
  const loading = pdfjs.getDocument({ data: new Uint8Array(file), verbosity: 0, useSystemFonts: false, disableFontFace: true });
  const document = await loading.promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const content = await (await document.getPage(number)).getTextContent();
    pages.push(
      content.items
        .map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : ''))
        .join('')
        .replace(/\s+/g, ' '),
    );
  }
  const first = await document.getPage(1);
  const { width, height } = first.getViewport({ scale: 1 });
  const shapes = (await first.getOperatorList()).fnArray.filter((operator) => operator === pdfjs.OPS.constructPath).length;
  const { info } = await document.getMetadata();
  await loading.destroy();
  return { pages, info: info as Record<string, unknown>, landscape: width > height, shapes };
}
