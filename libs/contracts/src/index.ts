/*
 * The language of the system: every message that may cross a service boundary, as one zod schema each, with its owner, its lane and its
 * listeners. Imports zod and nothing else. Guarantees: a name never changes meaning (a new shape is a new version), every name ever published
 * keeps a golden sample in test/contracts/golden. Not here: transport (libs/messaging) and behaviour.
 */
export * from './contract.js';
export { DomainError } from './domain-error.js';
export * from './envelope.js';
export * from './lanes.js';
export { nameBasedId } from './name-based-id.js';
export { opened, sealed, useSealingKeys } from './sealed.js';
export * from './subscriptions.js';
export * from './values.js';
export * from './ceremony/queries.js';
export { classOccasions, rosterPeople, toldSession } from './notifications/class-mails.js';
export * from './notifications/commands.js';
export * from './notifications/events.js';
export * from './notifications/mails.js';
export * from './notifications/queries.js';
export * from './planning/index.js';
export * from './training/index.js';
