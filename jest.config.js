import { availableParallelism } from 'node:os';

export default {
  testEnvironment: 'node',
  // Half as many again as there are cores: tests that live by a clock leave theirs idle for a good part of their time.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // Every suite leaves its modules in the worker's heap (jestjs/jest#14605); a worker with gigabytes of them takes longer
  // to end than Jest waits, and Jest complains of it.
  workerIdleMemoryLimit: '1GB',
  // A worker over that limit is replaced after its last file as well, when all are told to end. The new one has first to
  // start, which on a busy machine takes longer than the half second after which Jest speaks of a leak.
  workerGracefulExitTimeout: 10_000,
  // Beside servers and processes of other tests, what takes half a second alone may take ten times as long.
  testTimeout: 20_000,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  reporters: ['default', '<rootDir>/test/support/skips-reporter.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/setup.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};
