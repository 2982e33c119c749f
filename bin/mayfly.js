#!/usr/bin/env node
// JavaScript, so that a Node that reads no TypeScript reads this at least, and says what it lacks.
import process from 'node:process';

// Set by every Node that takes the types out of what it runs (process.features, Node's documentation).
if (process.features.typescript) {
  await import('../src/cli.ts');
} else {
  process.stderr.write(
    `mayfly runs on Node 24, and this is ${process.version}: in a checkout, npm ci installs one as node_modules/.bin/node, and npx mayfly takes that\n`,
  );
  process.exitCode = 1;
}
