export * from './changes.js';
export * from './parse-file.js';
export * from './read-yaml.js';
