#!/usr/bin/env node
import process from 'node:process';
import { runProcess } from './cli/process.ts';
import { TerminalError } from './domain/failure.ts';

await runProcess(process, () => {
  throw new TerminalError('NoAnonymiser', 'this build of Mayfly has nothing that masks a database', {
    actor: 'operator',
  });
});
