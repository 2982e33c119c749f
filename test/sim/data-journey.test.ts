import { expect, it } from '@jest/globals';
import { describeOnMariaDb } from '../support/mariadb.ts';
import { startProgram } from '../support/program.ts';

interface Journey {
  readonly ok: boolean;
  readonly findings: readonly { readonly step: string; readonly ok: boolean }[];
}

describeOnMariaDb('the journey of data', () => {
  it('takes data from production to an environment and back, and lets no leak through', async () => {
    const program = startProgram('sim/data-e2e.ts', ['--rows', '60', '--json']);

    expect(await program.ended()).toBe(0);
    const { ok, findings } = JSON.parse(program.stdout()) as Journey;
    expect(ok).toBe(true);
    const cloned = [
      'refresh',
      'in service, with a genuine passport',
      'cloned',
      'its comment',
      'its data',
      'its own user',
    ];
    expect(
      findings
        .filter((finding) => finding.ok)
        .map(({ step }) => step)
        .toSorted(),
    ).toEqual(
      [
        ...cloned,
        'a covered column is no longer masked',
        'a column is new',
        'a name stands in free text that is kept',
        'an e-mail address stands in JSON that is kept',
        ...cloned,
        'which is another one',
        'the earlier environment keeps its own',
        'rollback',
        'removed',
        'removed',
      ].toSorted(),
    );
  }, 300_000);
});
