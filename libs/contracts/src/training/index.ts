export * from './people.js';
export * from './queries.js';
