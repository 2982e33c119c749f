import { expect, it, jest } from '@jest/globals';
import { createSourceStore } from '../../src/store/sources.ts';
import { describePostgres } from '../support/database.ts';
import { startProgram } from '../support/program.ts';

// Each starts a process and waits for a database.
jest.setTimeout(60_000);

await describePostgres((engine) => {
  it('a refresh that is waited for is settled by the server, while both have the database open', async () => {
    const { databaseUrl, open } = await engine.createDatabase();
    const store = createSourceStore(await open());
    const program = startProgram('src/cli.ts', ['source', 'refresh', '--wait', '--as', 'jane', '--json'], {
      DATABASE_URL: databaseUrl,
    });
    await program.says('request 1', 'stderr');
    const [request] = await store.openRequests();
    expect(request).toMatchObject({ kind: 'refresh', askedBy: 'jane' });
    await store.settleRequest(1, { outcome: 'person.email leaks', at: new Date() });
    expect(await program.ended()).toBe(1);
    expect(JSON.parse(program.stdout())).toMatchObject({
      ok: false,
      request: { id: 1, outcome: 'person.email leaks' },
    });
  });

  it('a rollback that somebody stops waiting for stands', async () => {
    const { databaseUrl, open } = await engine.createDatabase();
    const store = createSourceStore(await open());
    const program = startProgram('src/cli.ts', ['source', 'rollback', '--wait', '--as', 'jane'], {
      DATABASE_URL: databaseUrl,
    });
    await program.says('request 1', 'stderr');
    expect(await program.ended('SIGINT')).toBe(130);
    expect(program.stderr()).toContain('request 1 stands');
    expect(await store.openRequests()).toHaveLength(1);
  });

  it('a database without tables is left as it is', async () => {
    const { databaseUrl } = await engine.createDatabase({ empty: true });
    const program = startProgram('src/cli.ts', ['source', 'status'], { DATABASE_URL: databaseUrl });
    expect(await program.ended()).toBe(1);
    expect(program.stderr()).toContain('brought up to date by no Mayfly yet');
  });
});
