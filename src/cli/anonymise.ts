import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Passport, passportProblem, type SignedPassport } from '../domain/passport.ts';
import { readSettings } from './anonymise-settings.ts';
import type { CommandContext } from './command.ts';
import { EXIT, MendError } from './exit-code.ts';
import { createProgressLines } from './progress-lines.ts';
import { readRuleFile } from './rule-file.ts';

/** `mayfly anonymise`: masks a database in place, and says on stdout what came of it. */
export async function anonymise(context: CommandContext): Promise<number> {
  const { address, config, passport, isJson, ...given } = readSettings(context);
  const rules = await readRuleFile(config);
  await assertCanWrite(passport);
  const anonymiser = context.openAnonymiser(address);
  try {
    const progress = createProgressLines({ write: context.tell, now: context.now });
    const signed = await anonymiser.run({ ...rules, ...given, signal: context.signal }, progress);
    return await deliver(signed, { path: passport, isJson, context });
  } finally {
    await anonymiser.close();
  }
}

/** Before hours of work, and not after them. */
async function assertCanWrite(path: string | undefined): Promise<void> {
  if (path !== undefined) {
    await access(dirname(path), constants.W_OK).catch(() => {
      throw new MendError([
        `the passport cannot be written to ${path}: its folder is not there, or may not be written to`,
      ]);
    });
  }
}

async function deliver(
  signed: SignedPassport,
  { path, isJson, context }: { path: string | undefined; isJson: boolean; context: CommandContext },
): Promise<number> {
  const passport = JSON.parse(signed.text) as Passport;
  const problem = passportProblem(passport);
  if (path !== undefined) {
    await writePassport(path, { signed, context });
  }
  if (isJson) {
    context.out(`${JSON.stringify({ ok: problem === undefined, problem: problem ?? null, passport: signed })}\n`);
  } else {
    context.out(`${summaryOf(passport)}\n`);
  }
  if (problem !== undefined) {
    context.tell(`The result is no source: ${problem}`);
  }
  return problem === undefined ? EXIT.done : EXIT.mend;
}

/** What took hours is not lost because a file cannot be written: it goes to stdout instead. */
async function writePassport(
  path: string,
  { signed, context }: { signed: SignedPassport; context: CommandContext },
): Promise<void> {
  const text = `${JSON.stringify(signed)}\n`;
  await writeFile(path, text).catch((error: NodeJS.ErrnoException) => {
    context.out(text);
    throw new MendError([`the passport cannot be written to ${path} (${error.code}); it stands on stdout instead`]);
  });
}

function summaryOf({ columns, counts, scan, checks }: Passport): string {
  const kept = columns.filter(({ mask }) => mask === 'keep').length;
  const gone = counts.reduce((rows, { before, after }) => rows + before - after, 0);
  const passed = checks.filter((check) => check.passed).length;
  return [
    `${counts.length} tables: ${columns.length - kept} columns masked, ${kept} kept, ${gone} rows deleted`,
    `looked at ${scan.rows} rows: ${scan.findings.length} findings, ${passed} of ${checks.length} checks passed`,
  ].join('\n');
}
