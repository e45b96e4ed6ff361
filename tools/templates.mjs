/*
 * Compiles the MJML source of mails to HTML with Handlebars kept in place, and puts it beside the plain text into a module that is built and shipped like
 * any other. The result is committed; `--check` fails when it is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mjml2html from 'mjml';
import { root } from './parts/services.mjs';

const folder = join(root, 'apps/notifications/src/templates');
const target = join(folder, 'letter.compiled.ts');

const { html, errors } = await mjml2html(readFileSync(join(folder, 'letter.mjml'), 'utf8'), {
  validationLevel: 'strict',
  keepComments: false,
  // MJML would have the reader's client fetch web fonts: a mail that calls home, and a page that waits for it.
  fonts: {},
});
if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join('; '));
const module = `// Made by tools/templates.mjs from letter.mjml and letter.txt. Do not edit.
export const letterHtml = ${JSON.stringify(`${html.replaceAll(/^\s+/gm, '').trim()}\n`)};
export const letterText = ${JSON.stringify(readFileSync(join(folder, 'letter.txt'), 'utf8'))};
`;
if (!process.argv.includes('--check')) writeFileSync(target, module);
else if (readFileSync(target, 'utf8') !== module) {
  process.stderr.write(`${target} is stale: run node tools/templates.mjs\n`);
  process.exitCode = 1;
}
