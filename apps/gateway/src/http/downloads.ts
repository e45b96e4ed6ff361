import { applyDecorators, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';

/** Files that a route may answer with beside its JSON. */
export const fileTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;

/** Documents that a route answers with files as well, when asked; `openapi.ts` says that they are bytes. */
export function AlsoAsFiles(...types: (keyof typeof fileTypes)[]): MethodDecorator {
  return applyDecorators(ApiProduces('application/json', ...types.map((type) => fileTypes[type].split(';', 1)[0] ?? '')));
}

/** A file to save under a name. @param name in Vietnamese, with its ending */
export function download(content: Buffer, type: keyof typeof fileTypes, name: string): StreamableFile {
  return new StreamableFile(content, { type: fileTypes[type], disposition: attachment(name), length: content.length });
}

/** `Content-Disposition` (RFC 6266): the name as it is (RFC 8187), and in plain letters for whoever cannot read that. */
export function attachment(name: string): string {
  const composed = name.normalize('NFC');
  const encoded = encodeURIComponent(composed).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain(composed)}"; filename*=UTF-8''${encoded}`;
}

/** Without marks, signs and spaces: `tỉ lệ 100/KH-UBND.csv` becomes `ti-le-100-KH-UBND.csv`. */
function plain(name: string): string {
  return name
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^[-.]+|-(?=\.)|-$/g, '');
}
