#!/usr/bin/env node
import process from 'node:process';
import { runProcess } from './cli/process.ts';

// Each command loads its own parts alone: what masks knows no Postgres, and what asks for a source no MySQL.
await runProcess(process, {
  openAnonymiser: async (address) => (await import('./cli-anonymiser.ts')).openAnonymiser(address),
  openSourceDesk: async (variables) => await (await import('./cli-source-desk.ts')).openSourceDesk(variables),
});
