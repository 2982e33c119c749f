import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import fc from 'fast-check';
import nock from 'nock';

// A change is refused for what it breaks, not for what chance found that day; a desk goes on looking with seeds of its own.
if (process.env['CI']) {
  fc.configureGlobal({ seed: 1 });
}

// nock patches HTTP for the whole process while Jest gives each file a module registry of its own, so this file
// alone owns nock's life cycle: no test activates, restores or cleans it. An expectation nobody used is a failure.
beforeAll(() => {
  if (!nock.isActive()) {
    nock.activate();
  }
});

beforeEach(() => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
});

afterEach(() => {
  const pending = nock.pendingMocks();
  nock.cleanAll();
  expect(pending).toEqual([]);
});

afterAll(() => {
  nock.restore();
});
