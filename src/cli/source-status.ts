import type { CommandContext } from './command.ts';
import { EXIT } from './exit-code.ts';
import { readOptions } from './options.ts';
import { reportLines } from './source-lines.ts';
import { reportOf } from './source-report.ts';

/** `mayfly source status`: which source is in service, which is on its way, and what was asked for. Changes nothing. */
export async function sourceStatus(context: CommandContext): Promise<number> {
  const isJson = readOptions(context.args, { json: 'boolean' }).has('json');
  const desk = await context.openSourceDesk(context.variables);
  try {
    const report = reportOf({
      versions: await desk.versions(),
      requests: await desk.requests(),
      policy: desk.policy,
    });
    context.out(isJson ? `${JSON.stringify({ ok: true, ...report })}\n` : `${reportLines(report).join('\n')}\n`);
    return EXIT.done;
  } finally {
    await desk.close();
  }
}
