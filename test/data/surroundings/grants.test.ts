import { expect, it } from '@jest/globals';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import { type Grants, readGrants } from '../../../src/data/surroundings/grants.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { useServerAndDesk } from '../proof/server-and-desk.ts';
import { ask } from '../proof/stranger.ts';

const PASSWORD = 'a password';

describeOnMariaDb('what a user may do', () => {
  const at = useServerAndDesk();
  let users = 0;

  /** A user with these statements run, `who` standing for it, and a database `my_db` with a table. */
  async function seen(name: string, statements: readonly string[]): Promise<Grants> {
    const { server } = at;
    const who = `'${name}'@'127.0.0.1'`;
    const all = [
      'CREATE DATABASE IF NOT EXISTS my_db',
      'CREATE TABLE IF NOT EXISTS my_db.t (id INT, name TEXT)',
      `CREATE USER ${who} IDENTIFIED BY '${PASSWORD}'`,
      `GRANT SELECT ON my_db.t TO ${who}`,
      ...statements.map((statement) => statement.replaceAll('who', who)),
    ];
    for (const statement of all) {
      await ask(server, 'mysql', statement);
    }
    const address = { host: server.host, port: server.port, user: name, password: PASSWORD };
    const database = await openDatabase({ ...address, database: 'my_db', connections: 1 });
    try {
      return await database.withSession(readGrants);
    } finally {
      await database.close();
    }
  }

  it.each([
    { may: true, what: 'everything everywhere', statements: ['GRANT ALL ON *.* TO who'] },
    { may: true, what: 'it everywhere', statements: ['GRANT SELECT, INSERT ON *.* TO who'] },
    { may: true, what: 'it on the database', statements: ['GRANT SELECT ON `my\\_db`.* TO who'] },
    { may: true, what: 'it by a pattern', statements: ['GRANT SELECT ON `my%`.* TO who'] },
    { may: true, what: 'it by a wildcard that nobody meant', statements: ['GRANT SELECT ON my_db.* TO who'] },
    { may: true, what: 'it by PUBLIC', statements: ['GRANT SELECT ON my_db.* TO PUBLIC'] },
    {
      may: true,
      what: 'it by a role of a role that is in force',
      statements: [
        'CREATE ROLE inner_role',
        'GRANT SELECT ON my_db.* TO inner_role',
        'CREATE ROLE outer_role',
        'GRANT inner_role TO outer_role',
        'GRANT outer_role TO who',
        'SET DEFAULT ROLE outer_role FOR who',
      ],
    },
    {
      may: false,
      what: 'it by a role that is not in force',
      statements: ['CREATE ROLE asleep', 'GRANT SELECT ON my_db.* TO asleep', 'GRANT asleep TO who'],
    },
    { may: false, what: 'it on one table', statements: [] },
    {
      may: false,
      what: 'it on one column, and more on the database',
      statements: ['GRANT SELECT (id), INSERT ON my_db.t TO who', 'GRANT INSERT ON my_db.* TO who'],
    },
    {
      may: false,
      what: 'it on another database',
      statements: ['GRANT ALL ON `my\\_d`.* TO who', 'GRANT ALL ON `my_db_`.* TO who'],
    },
    {
      may: false,
      what: 'it by a pattern, where the database itself is granted otherwise',
      statements: ['GRANT SELECT ON `my%`.* TO who', 'GRANT INSERT ON `my\\_db`.* TO who'],
    },
  ])('is ($may) to see all of a database with $what', async ({ may, statements }) => {
    const grants = await seen(`user${(users += 1)}`, statements);
    await ask(at.server, 'mysql', 'REVOKE ALL ON my_db.* FROM PUBLIC').catch(() => undefined);
    expect(grants.mayAll('SELECT', 'my_db')).toBe(may);
    expect(grants.mayOnTable('SELECT', { database: 'my_db', name: 't' })).toBe(true);
  });

  it('names user and database as a GRANT has to', async () => {
    const grants = await seen('odd', []);
    expect(grants.quoteDatabase('my_db')).toBe('`my\\_db`');
    expect(grants.account).toBe('`odd`@`127.0.0.1`');
  });
});
