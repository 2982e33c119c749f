import { type SourceVersion, sourceDay, sourceState } from '../domain/source.ts';
import type { CommandContext } from './command.ts';
import { EXIT, MendError } from './exit-code.ts';
import { readOptions } from './options.ts';
import { passportText } from './passport-text.ts';
import { NOT_CHECKED, oneLine } from './source-lines.ts';
import { type PassportStanding, passportStanding } from './source-report.ts';

/**
 * `mayfly source passport [NAME]`: what the passport of a source says, of the one in service without a name, and what it is
 * worth. With `--json` the signed text is in the document as it was signed. Changes nothing.
 */
export async function sourcePassport(context: CommandContext): Promise<number> {
  const options = readOptions(context.args, { json: 'boolean' }, { mostNames: 1 });
  const desk = await context.openSourceDesk(context.variables);
  try {
    const version = chosen(await desk.versions(), options.names[0]);
    const { id, passport: signed } = version;
    if (!signed) {
      throw new MendError([`${oneLine(id)} has no passport`]);
    }
    const publicKey = desk.policy?.publicKey;
    const standing = passportStanding(version, publicKey);
    const ok = standing.state !== 'bad';
    const [day, state] = [sourceDay(version), sourceState(version)];
    context.out(
      options.has('json')
        ? `${JSON.stringify({ ok, source: id, state, day, passport: standing, publicKey: publicKey ?? null, signed })}\n`
        : `${[`passport of ${id} (data of ${day}, ${state}): ${worth(standing)}`, ...passportText(signed.text)].map(oneLine).join('\n')}\n`,
    );
    return ok ? EXIT.done : EXIT.mend;
  } finally {
    await desk.close();
  }
}

/** Newest first are they given; those that are gone are among them. */
function chosen(versions: readonly SourceVersion[], name: string | undefined): SourceVersion {
  const version = versions.find((one) => (name === undefined ? sourceState(one) === 'in-service' : one.id === name));
  if (!version) {
    throw new MendError([
      name === undefined
        ? 'no source that Mayfly made is in service: name one, as mayfly source passport NAME'
        : 'there is no such source: mayfly source status names those that are there',
    ]);
  }
  return version;
}

function worth({ state, problem }: PassportStanding): string {
  switch (state) {
    case 'good':
      return 'good, and signed with the key of the platform';
    case 'bad':
    case 'missing':
      return `bad: it ${problem ?? 'has no passport'}`;
    case 'unchecked':
      return NOT_CHECKED;
  }
}
