/** What is used here of pdfmake 0.3, which brings no types of its own. */
declare module 'pdfmake' {
  export type Content = string | Block | readonly Content[];

  /** A string in `text` is text: pdfmake knows no markup inside strings. Lengths are points. */
  export interface Block {
    readonly text?: Content;
    readonly stack?: readonly Content[];
    readonly columns?: readonly Content[];
    readonly table?: Table;
    readonly canvas?: readonly Readonly<Record<string, string | number>>[];
    readonly qr?: string;
    readonly fit?: number;
    readonly eccLevel?: 'L' | 'M' | 'Q' | 'H';
    readonly width?: number | 'auto' | '*';
    readonly columnGap?: number;
    readonly margin?: readonly [number, number, number, number];
    readonly fontSize?: number;
    readonly bold?: boolean;
    readonly italics?: boolean;
    readonly color?: string;
    readonly alignment?: 'left' | 'center' | 'right' | 'justify';
    readonly lineHeight?: number;
    readonly fillColor?: string;
    readonly layout?: string | Layout;
    readonly pageBreak?: 'before' | 'after';
    readonly unbreakable?: boolean;
  }

  export interface Table {
    readonly headerRows?: number;
    readonly dontBreakRows?: boolean;
    readonly keepWithHeaderRows?: number;
    readonly widths?: readonly (number | 'auto' | '*')[];
    readonly heights?: (row: number) => number | 'auto';
    readonly body: readonly (readonly Content[])[];
  }

  export interface Layout {
    readonly hLineWidth?: () => number;
    readonly vLineWidth?: () => number;
    readonly paddingLeft?: () => number;
    readonly paddingRight?: () => number;
    readonly paddingTop?: () => number;
    readonly paddingBottom?: () => number;
  }

  export interface Definition {
    readonly version: string;
    readonly language: string;
    readonly info: Readonly<Record<string, string | Date>>;
    readonly pageSize: 'A4';
    readonly pageOrientation: 'portrait' | 'landscape';
    readonly pageMargins: readonly [number, number, number, number];
    readonly defaultStyle: Readonly<Record<string, string | number>>;
    readonly background?: Content | ((page: number, size: { readonly width: number; readonly height: number }) => Content);
    readonly header?: (page: number, pages: number) => Content;
    readonly footer?: (page: number, pages: number) => Content;
    readonly content: readonly Content[];
  }

  const pdfmake: {
    setFonts(fonts: Readonly<Record<string, Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>>>): void;
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    setLocalAccessPolicy(allows: (path: string) => boolean): void;
    createPdf(definition: Definition): { getBuffer(): Promise<Buffer> };
  };
  export default pdfmake;
}
