import { HttpStatus } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { isUnsafe, type Next, type Request, type Response } from './exchange.js';
import { isLinkPage } from './link-pages.js';
import { Refusal } from './problem.js';

/** The routes that take text. A plan file with a whole programme has about 60 kB. */
const IMPORT_PATHS = ['/api/v1/plans/import', '/api/v1/courses/import'];
export const IMPORT_TYPES = ['application/yaml', 'text/yaml', 'application/x-yaml'];
/** Bytes, after decompression. What is beyond is read off and thrown away, never kept. */
const IMPORT_LIMIT = 1_000_000;
const JSON_LIMIT = 64_000;
/** Pages of links send forms of a browser; the longest holds the attendance of a class. */
const FORM_TYPE = 'application/x-www-form-urlencoded';
const FORM_LIMIT = 128_000;
const FORM_FIELDS = 2_500;

/** The one route that takes files. It reads them itself, piece by piece and under its own limit; what they are tells their content, not their type. */
const UPLOAD_PATH = '/api/v1/attachments';
export const UPLOAD_TYPES = [
  'application/octet-stream',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'image/png',
  'image/jpeg',
  'image/webp',
];

/** Routes that take a table: XLSX or CSV, whole, for it is read at once. Ten thousand rows of nominations have about 2 MB as CSV. */
const SHEET_PATHS = [/^\/api\/v1\/(?:classes|courses)\/[^/]+\/nominations\/import$/, /^\/api\/v1\/classes\/[^/]+\/attendance\/sheet$/];
export const SHEET_TYPES = ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'];
export const SHEET_LIMIT = 5_000_000;

const mediaType = (request: Request): string => (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
const pathOf = (request: Request): string => request.path.toLowerCase().replace(/\/$/, '');
const isImport = (request: Request): boolean => IMPORT_PATHS.includes(pathOf(request));
const isSheet = (request: Request): boolean => request.method === 'POST' && SHEET_PATHS.some((path) => path.test(pathOf(request)));
export const isUpload = (request: Request): boolean => pathOf(request) === UPLOAD_PATH && request.method === 'POST';

function typesFor(request: Request): string[] {
  if (isUpload(request)) return UPLOAD_TYPES;
  if (isLinkPage(request)) return [FORM_TYPE];
  if (isSheet(request)) return SHEET_TYPES;
  return isImport(request) ? IMPORT_TYPES : ['application/json'];
}

/** Each route reads one kind of body, under a limit; another kind is refused before anything is parsed. */
export function readBodies(app: NestExpressApplication): void {
  app.use(refuseOtherTypes);
  app.useBodyParser('text', { type: isImport, limit: IMPORT_LIMIT });
  app.useBodyParser('raw', { type: isSheet, limit: SHEET_LIMIT });
  app.useBodyParser('urlencoded', { type: isLinkPage, limit: FORM_LIMIT, parameterLimit: FORM_FIELDS, extended: false });
  app.useBodyParser('json', {
    type: (request: Request) => !isImport(request) && !isUpload(request) && !isLinkPage(request) && !isSheet(request),
    limit: JSON_LIMIT,
  });
}

function refuseOtherTypes(request: Request, _response: Response, next: Next): void {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  const wanted = typesFor(request);
  if (isUnsafe(request.method) && hasBody && !wanted.includes(mediaType(request))) {
    throw new Refusal({
      status: HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      code: 'unsupported-media-type',
      detail: `Say Content-Type: ${wanted.join(' or ')}, and send that.`,
    });
  }
  if (isUpload(request) && (request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Refusal({
      status: HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      code: 'unsupported-encoding',
      detail: 'Send the file as it is, without Content-Encoding.',
    });
  }
  next();
}
