import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Passport, passportProblem, type SignedPassport, serverProblem } from '../domain/passport.ts';
import { passportLines } from '../domain/passport-lines.ts';
import type { SignedShape } from '../domain/source-shape.ts';
import { shapeLines } from '../domain/source-shape-lines.ts';
import { unmetCases } from '../domain/unmet-cases.ts';
import { readSettings } from './anonymise-settings.ts';
import type { CommandContext } from './command.ts';
import { EXIT, MendError } from './exit-code.ts';
import { noSource } from './no-source.ts';
import { createProgressLines } from './progress-lines.ts';
import { readRuleFile } from './rule-file.ts';

/** `mayfly anonymise`: masks a database in place, and says on stdout what came of it. */
export async function anonymise(context: CommandContext): Promise<number> {
  const { address, config, passport: path, isInLines, isJson, ...given } = readSettings(context);
  const rules = await readRuleFile(config);
  await assertCanWrite(path);
  const anonymiser = await context.openAnonymiser(address);
  try {
    const progress = createProgressLines({ write: context.tell, now: context.now });
    const deliver = async (signed: SignedPassport, shape: SignedShape | undefined) => {
      if (isInLines && shape) {
        shapeLines(shape).forEach((line) => context.out(`${line}\n`));
      }
      // The last that is told: whoever finds a passport knows that all was done.
      await hand(signed, { path, isInLines, out: context.out });
    };
    const signed = await anonymiser.run({ ...rules, ...given, signal: context.signal, deliver }, progress);
    return conclude(signed, { isJson, context });
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

async function hand(
  signed: SignedPassport,
  { path, isInLines, out }: { path: string | undefined; isInLines: boolean; out: CommandContext['out'] },
): Promise<void> {
  if (isInLines) {
    passportLines(signed).forEach((line) => out(`${line}\n`));
  }
  if (path !== undefined) {
    await writeFile(path, `${JSON.stringify(signed)}\n`).catch((error: NodeJS.ErrnoException) => {
      throw new MendError([
        `all is masked, and the passport cannot be written to ${path} (${error.code}): mend that, and the same command writes it`,
      ]);
    });
  }
}

function conclude(
  signed: SignedPassport,
  { isJson, context: { out, tell } }: { isJson: boolean; context: CommandContext },
): number {
  const passport = JSON.parse(signed.text) as Passport;
  const problem = passportProblem(passport);
  out(
    isJson
      ? `${JSON.stringify({ ok: problem === undefined, problem: problem ?? null, passport: signed })}\n`
      : `${summaryOf(passport)}\n`,
  );
  unmetCases(passport).forEach((sentence) => tell(`Look again at ${sentence}`));
  const beside = serverProblem(passport);
  if (beside !== undefined) {
    tell(noSource(beside));
  }
  if (problem !== undefined) {
    tell(`The result is no source: ${problem}`);
  }
  return problem === undefined ? EXIT.done : EXIT.mend;
}

function summaryOf({ columns, counts, scan, checks }: Passport): string {
  const kept = columns.filter(({ mask }) => mask === 'keep').length;
  const gone = counts.reduce((rows, { before, after }) => rows + before - after, 0);
  const there = scan.tables?.reduce((rows, { of }) => rows + of, 0) ?? scan.rows;
  const passed = checks.filter((check) => check.passed).length;
  return [
    `${counts.length} tables: ${columns.length - kept} columns masked, ${kept} kept, ${gone} rows deleted`,
    `looked at ${there > scan.rows ? `${scan.rows} of ${there}` : scan.rows} rows: ${scan.findings.length} findings, ${passed} of ${checks.length} checks passed`,
  ].join('\n');
}
