import { HttpStatus } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { isUnsafe, type Next, type Request, type Response } from './exchange.js';
import { Refusal } from './problem.js';

/** The one route that takes text. A plan file with a whole programme has about 60 kB. */
const IMPORT_PATH = '/api/v1/plans/import';
export const IMPORT_TYPES = ['application/yaml', 'text/yaml', 'application/x-yaml'];
/** Bytes, after decompression. What is beyond is read off and thrown away, never kept. */
const IMPORT_LIMIT = 1_000_000;
const JSON_LIMIT = 64_000;

const mediaType = (request: Request): string => (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
const isImport = (request: Request): boolean => request.path.toLowerCase().replace(/\/$/, '') === IMPORT_PATH;

/** Each route reads one kind of body, under a limit; another kind is refused before anything is parsed. */
export function readBodies(app: NestExpressApplication): void {
  app.use(refuseOtherTypes);
  app.useBodyParser('text', { type: isImport, limit: IMPORT_LIMIT });
  app.useBodyParser('json', { type: (request: Request) => !isImport(request), limit: JSON_LIMIT });
}

function refuseOtherTypes(request: Request, _response: Response, next: Next): void {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  const wanted = isImport(request) ? IMPORT_TYPES : ['application/json'];
  if (isUnsafe(request.method) && hasBody && !wanted.includes(mediaType(request))) {
    throw new Refusal({
      status: HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      code: 'unsupported-media-type',
      detail: `Say Content-Type: ${wanted.join(' or ')}, and send that.`,
    });
  }
  next();
}
