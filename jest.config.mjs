// Four levels, one config: `npm run test:unit` needs nothing but Node, the others set up PostgreSQL and Redis by themselves.
const level = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { sourceMaps: 'inline' }] },
  setupFilesAfterEnv: ['<rootDir>/libs/testing/jest/temporal-equality.mjs'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.local/'],
  ...more,
});

/** Real PostgreSQL and Redis on free ports, started once for the run. */
const stack = {
  globalSetup: '<rootDir>/libs/testing/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/jest/global-teardown.mjs',
};

export default {
  // Real parts on a busy machine: a test that hangs is told all the same.
  testTimeout: 20_000,
  projects: [
    level('unit', ['<rootDir>/{apps,libs,tools}/**/*.spec.ts']),
    level('architecture', ['<rootDir>/test/{architecture,contracts}/**/*.spec.ts']),
    level('integration', ['<rootDir>/{apps,libs,tools}/**/*.int-spec.ts'], stack),
    level('e2e', ['<rootDir>/test/{e2e,faults,simulation}/**/*.e2e-spec.ts'], stack),
  ],
};
