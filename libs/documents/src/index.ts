/*
 * Files that officials open and send: workbooks, CSV, rosters and certificates as PDF, invitations for calendars. Pure: values in, bytes out; no
 * framework, no clock, no disk but the typeface. Guarantees: what a person typed is never run as a formula or markup, Vietnamese is NFC, and the same
 * facts are the same bytes. A file that is read is held to its limits before anything is built from it. PDFs are made in a thread of their own and asked
 * for by `#documents/pdf`. Not here: who gets a file, and when.
 */
export { classInvitation, type CalendarParty } from './class-invitation.js';
export type { CertificateFacts } from './certificate.js';
export { csv } from './csv.js';
export type { RosterFacts } from './roster.js';
export { rosterWorkbook } from './roster-workbook.js';
export { readTable, type TableLimits, type TableRow } from './read-table.js';
export { TableError, type TableErrorCode } from './table-error.js';
export { byVietnameseName } from './vietnamese-order.js';
export { workbook } from './workbook.js';
export { type Cell, type Column, type ColumnKind, type Sheet } from './sheet.js';
