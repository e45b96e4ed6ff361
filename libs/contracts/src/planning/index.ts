export * from './agencies.js';
export * from './escalations.js';
export * from './history.js';
export * from './obligations.js';
export * from './plans.js';
export * from './reports.js';
export * from './status.js';
export * from './tasks.js';
