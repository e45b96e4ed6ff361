/*
 * Files that officials open: tables as workbooks and CSV, invitations to classes for calendars. Pure: values in, bytes out; no framework, no disk, no clock. Guarantees: what a person typed
 * is never run as a formula, and Vietnamese is NFC. Not here: what stands in a table, and its words (the service that answers with it).
 */
export { classInvitation, type CalendarParty } from './class-invitation.js';
export { csv } from './csv.js';
export { workbook } from './workbook.js';
export { type Cell, type Column, type ColumnKind, type Sheet } from './sheet.js';
