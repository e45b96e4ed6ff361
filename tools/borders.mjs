/*
 * The import table: who may import what. Both lint configurations are made from it, so they cannot disagree: ESLint says it in the editor
 * (by specifier), dependency-cruiser in the gate (by the resolved graph). Each rule has a planted violation in test/architecture/planted.
 */

/** Planted violations mirror the real tree below this folder, so every rule matches them too. */
const PLANTED = 'test/architecture/planted/';
const at = (/** @type {string} */ pattern) => `^(?:${PLANTED})?${pattern}`;

/** The libs that each lib may import; none imports an app. */
export const libs = {
  calendar: [],
  config: ['calendar', 'contracts'],
  contracts: [],
  documents: [],
  ladder: ['calendar'],
  messaging: ['calendar', 'contracts', 'observability'],
  observability: ['calendar', 'contracts'],
  'plan-files': [],
  scheduling: ['calendar', 'messaging', 'observability'],
  testing: ['calendar', 'contracts', 'messaging'],
};

export const apps = ['planning', 'training', 'ceremony', 'notifications', 'gateway'];

/** Packages with an owner: nobody else imports them. Paths are folders from the root. */
export const owners = {
  bullmq: ['libs/messaging', 'libs/testing', 'bench'],
  ioredis: ['libs/messaging', 'libs/testing', 'bench'],
  nodemailer: ['apps/notifications/src/mail', 'bench'],
  handlebars: ['apps/notifications/src/templates'],
  'node-cron': ['libs/scheduling'],
  'cron-parser': ['libs/scheduling'],
  pino: ['libs/observability'],
  pg: ['libs/messaging', 'libs/testing', 'bench'],
  'file-type': ['apps/gateway/src/attachments'],
  '@aws-sdk/client-s3': ['apps/gateway/src/attachments'],
  helmet: ['apps/gateway'],
  exceljs: ['libs/documents'],
  pdfmake: ['libs/documents'],
  '@expo-google-fonts/tinos': ['libs/documents'],
  'ical-generator': ['libs/documents'],
  'read-excel-file': ['libs/documents'],
  'prom-client': ['apps/gateway'],
  '@nestjs/swagger': ['apps/gateway'],
  '@nestjs/platform-express': ['apps/gateway'],
};

/** Libs that stay free of the network, the database and the framework. */
export const pureLibs = ['calendar', 'contracts', 'documents', 'ladder', 'plan-files'];
const frameworks = ['@nestjs', 'bullmq', 'ioredis', '@prisma', 'pg', 'nodemailer', 'pino'];

const SPEC = '\\.(spec|int-spec|int-fixture)\\.ts$';
const escape = (/** @type {string} */ name) => name.replaceAll('/', '\\/').replaceAll('.', '\\.');
const npm = (/** @type {string[]} */ names) => `(^|node_modules/)(${names.map(escape).join('|')})(/|$)`;

/** @returns {import('dependency-cruiser').IForbiddenRuleType[]} */
export function forbidden() {
  return [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-app-imports-another',
      severity: 'error',
      from: { path: at('apps/([^/]+)/') },
      to: { path: at('apps/([^/]+)/'), pathNot: at('apps/$1/') },
    },
    { name: 'no-lib-imports-an-app', severity: 'error', from: { path: at('libs/') }, to: { path: at('apps/') } },
    {
      name: 'libs-only-by-their-index',
      severity: 'error',
      from: { path: at('(apps|bench)/') },
      to: { path: at('libs/[^/]+/'), pathNot: at('libs/[^/]+/src/(index|asking|pdf-maker)\\.ts$') },
    },
    ...Object.entries(libs).map(([lib, allowed]) => ({
      name: `lib-${lib}-imports-only-${allowed.join('-') || 'nothing'}`,
      severity: /** @type {const} */ ('error'),
      from: { path: at(`libs/${lib}/`), pathNot: SPEC },
      to: { path: at('libs/[^/]+/'), pathNot: at(`libs/(${[lib, ...allowed].join('|')})/`) },
    })),
    {
      name: 'only-the-gateway-asks',
      severity: 'error',
      from: { path: at('(apps|libs)/'), pathNot: `${at('(apps/gateway|libs/messaging)/')}|${SPEC}` },
      to: { path: at('libs/messaging/src/asking\\.ts$') },
    },
    {
      name: 'test-code-stays-in-tests',
      severity: 'error',
      from: { path: at('(apps|libs)/'), pathNot: `${at('libs/testing/')}|${SPEC}` },
      to: { path: at('libs/testing/') },
    },
    {
      name: 'generated-client-only-in-repositories',
      severity: 'error',
      from: { path: at('apps/'), pathNot: `\\.repository\\.ts$|/persistence/|/generated/|${SPEC}` },
      to: { path: '/generated/prisma/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-libs-know-no-framework',
      severity: 'error',
      from: { path: at(`libs/(${pureLibs.join('|')})/`), pathNot: SPEC },
      to: { path: npm(frameworks) },
    },
    ...Object.entries(owners).map(([name, folders]) => ({
      name: `${name.replaceAll(/[@/]/g, '')}-has-an-owner`,
      severity: /** @type {const} */ ('error'),
      from: { path: at('(apps|libs|bench)/'), pathNot: `${at(`(${folders.join('|')})/`)}|${SPEC}` },
      to: { path: npm([name]) },
    })),
  ];
}

/** ESLint blocks saying the same by import specifier, for the editor. */
export function eslintBorders() {
  return [...apps.map((app) => `apps/${app}`), ...Object.keys(libs).map((lib) => `libs/${lib}`)].map((folder) => ({
    files: [`${folder}/**/*.ts`, `${PLANTED}${folder}/**/*.ts`],
    ignores: ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.int-fixture.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: restrictedIn(folder) }] },
  }));
}

/** @param {string} folder */
function restrictedIn(folder) {
  const lib = folder.startsWith('libs/') ? folder.slice('libs/'.length) : undefined;
  const foreignApps = apps.filter((app) => folder !== `apps/${app}`);
  const foreignLibs = lib ? Object.keys(libs).filter((other) => other !== lib && !libs[lib].includes(other)) : ['testing'];
  const foreignPackages = Object.entries(owners)
    .filter(([, folders]) => !folders.some((owner) => owner === folder || owner.startsWith(`${folder}/`)))
    .map(([name]) => name);
  return [
    { group: foreignApps.flatMap((app) => [`**/apps/${app}/**`, `**/../${app}/src/**`]), message: 'An app never imports another app.' },
    { regex: `^#(${foreignLibs.join('|')})(/|$)`, message: 'Not in the import table (tools/borders.mjs).' },
    { group: ['**/libs/**'], message: 'Import a lib by its name: #contracts, #messaging, …' },
    { group: foreignPackages.flatMap((name) => [name, `${name}/**`]), message: 'This package has an owner (tools/borders.mjs).' },
    ...(folder === 'apps/gateway' || lib === 'messaging' || lib === 'testing'
      ? []
      : [{ regex: '^#messaging/asking$', message: 'Services tell, only the gateway asks.' }]),
  ];
}
