import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { Env, type GatewayEnv } from '#config';
import { HttpMetrics } from '../health/http-metrics.js';
import { requireToken } from '../sign-in/require-token.js';
import { isUpload, readBodies } from './bodies.js';
import { correlation } from './correlation.js';
import type { Next, Request, Response } from './exchange.js';
import { allowedMethods, describeApi } from './openapi.js';
import { PageLinks } from './pages.js';
import { ProblemFilter } from './problem.filter.js';
import { slowBodies } from './slow-bodies.js';
import { validation } from './validation.js';

/** Real milliseconds. A body that trickles in is given up, a file later than others; a slow answer of ours has its own deadline. */
const RECEIVE = { headers: 10_000, body: 30_000, file: 300_000 };

/**
 * All that every request passes, in this order: headers, story, measure, token, body, route; and what every answer and error looks like.
 * The application must be created with `bodyParser: false`.
 */
export function configure(app: NestExpressApplication): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', 'loopback');
  // Over plain http inside an office network an upgrade to https would break the page of documentation.
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  app.use(correlation);
  app.use(app.get(HttpMetrics).measure);
  app.use(slowBodies(RECEIVE.body, isUpload));
  app.use(requireToken(app.get<Env<GatewayEnv>>(Env).get('ADMIN_TOKEN')));
  app.use(neverStored);
  readBodies(app);

  const document = describeApi(app);
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Đôn Đốc API',
    swaggerOptions: { docExpansion: 'list', displayRequestDuration: true, validatorUrl: null },
  });
  app.useGlobalPipes(validation);
  app.useGlobalInterceptors(new PageLinks());
  app.useGlobalFilters(new ProblemFilter(allowedMethods(document)));
  const server = app.getHttpServer();
  server.headersTimeout = RECEIVE.headers;
  server.requestTimeout = RECEIVE.file;
}

/** Answers name people and change by the minute: no cache keeps them. */
function neverStored(_request: Request, response: Response, next: Next): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
