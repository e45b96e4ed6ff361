export * from './classes.js';
export * from './courses.js';
export * from './history.js';
export * from './nominations.js';
export * from './people.js';
export * from './queries.js';
export * from './trainers.js';
export * from './venues.js';
