/*
 * Test code only: a real stack per test file, a mail server that keeps and troubles, and waiting with a deadline that throws.
 * Not here: fakes. Where a real part fits, tests use it.
 */
export { eventually } from './eventually.js';
export { mailCatcher, type MailCatcher, type Trouble } from './mail-catcher.js';
export { messageAt } from './message.js';
export { pgDatabase, type PgDatabase } from './pg-database.js';
export { testStack, type TestStack } from './stack.js';
