export * from './courses.js';
export * from './history.js';
export * from './people.js';
export * from './queries.js';
export * from './venues.js';
