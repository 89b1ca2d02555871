import { compiled } from './.ci/swc.mjs';

export default {
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': ['@swc/jest', compiled],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  setupFiles: ['./test/setup.mjs'],
  randomize: true,
  maxWorkers: 2,
  // What many suites leave behind makes a heap whose collection slows the next ones down.
  workerIdleMemoryLimit: '500MB',
  testTimeout: 20_000,
};
