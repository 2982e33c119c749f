import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import nock from 'nock';

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
