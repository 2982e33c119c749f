import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMMANDS, parseCommands } from '../../src/domain/command.ts';

const nothing = { commands: [], problems: [] };
const destroy = { commands: [{ name: 'destroy' }], problems: [] };

describe('parseCommands', () => {
  it.each([
    ['/ephemeral help', { name: 'help' }],
    ['/ephemeral', { name: 'help' }],
    ['/ephemeral create', { name: 'create' }],
    ['/ephemeral status', { name: 'status' }],
    ['/ephemeral destroy', { name: 'destroy' }],
    ['/ephemeral redeploy', { name: 'redeploy' }],
    ['/ephemeral extend 3d', { name: 'extend', seconds: 259_200 }],
    ['/ephemeral extend 1w 2d', { name: 'extend', seconds: 777_600 }],
    ['/ephemeral logs pdf-converter', { name: 'logs', service: 'pdf-converter' }],
    ['/ephemeral test smoke', { name: 'test', suite: 'smoke' }],
    ['/ephemeral db status', { name: 'db', act: 'status' }],
    ['/ephemeral DB Reset', { name: 'db', act: 'reset' }],
    ['/ephemeral approve ABC1234', { name: 'approve', sha: 'ABC1234' }],
    ['/ephemeral approve', { name: 'approve', sha: null }],
    ['/ephemeral approve abc1234 and def5678', { name: 'approve', sha: null }],
    ['/EPHEMERAL Extend 12H', { name: 'extend', seconds: 43_200 }],
    ['/ephemeral LOGS API', { name: 'logs', service: 'api' }],
    ['/ephemeral\t logs\u00A0 api  ', { name: 'logs', service: 'api' }],
  ])('reads %j', (body, command) => {
    expect(parseCommands(body)).toEqual({ commands: [command], problems: [] });
  });

  it('reads an example of every command it shows', () => {
    for (const { name, example } of COMMANDS) {
      expect(parseCommands(example).commands).toMatchObject([{ name }]);
    }
  });

  it('reads several lines, in their order, with words between them', () => {
    expect(parseCommands('Flaky again.\r\n/ephemeral redeploy\r\n\r\n/ephemeral extend 1d\r\nThanks')).toEqual({
      commands: [{ name: 'redeploy' }, { name: 'extend', seconds: 86_400 }],
      problems: [],
    });
  });

  it.each([
    ['\uFEFF/ephemeral destroy', 'a byte order mark'],
    ['\u200B/ephemeral destroy', 'a zero-width space'],
    ['/ephemeral de\u00ADstroy', 'a soft hyphen'],
    ['  /ephemeral destroy', 'two spaces, which Markdown drops'],
    ['/ephemeral destroy <!-- for now -->', 'a comment behind it'],
    ['a\r/ephemeral destroy', 'old line ends'],
    ['> quoted\n\n/ephemeral destroy', 'a quote before it'],
    ['```\ncode\n```\n/ephemeral destroy', 'a closed fence before it'],
    ['> ```\n/ephemeral destroy', 'a fence that ended with its quote'],
    ['<!-- a comment -->\n/ephemeral destroy', 'a closed comment before it'],
    ['write `<!--` to hide\n/ephemeral destroy', 'a comment that is only code'],
    ['``` not a fence `\n/ephemeral destroy', 'backticks that open no fence'],
    ['a <!-- that is never closed\n/ephemeral destroy', 'no comment at all'],
    ['    <!-- only code\n/ephemeral destroy', 'an indented comment that is never closed'],
    ['    ```\n/ephemeral destroy', 'an indented fence, which is code itself'],
    ['> <!--\n/ephemeral destroy\n> -->', 'a comment that ended with its quote'],
    ['> # quoted\n/ephemeral destroy', 'a heading that ended with its quote'],
    ['> quoted\n***\n/ephemeral destroy', 'a line across, which ends the quote'],
    ['> quoted\n- a list\n/ephemeral destroy', 'a list, which ends the quote'],
    ['<details>\n\n/ephemeral destroy\n\n</details>', 'a folded block'],
  ])('reads a command in %j: %s', (body) => {
    expect(parseCommands(body)).toEqual(destroy);
  });

  it.each([
    ['', 'nothing'],
    ['please /ephemeral destroy', 'not at the start of the line'],
    ['/ephemerally destroy', 'another word'],
    ['/ephemeral-env destroy', 'another word'],
    ['ephemeral destroy', 'no slash'],
    ['> /ephemeral destroy', 'a quote'],
    ['>/ephemeral destroy', 'a quote'],
    ['   > /ephemeral destroy', 'a quote'],
    ['> quoted\n/ephemeral destroy', 'a paragraph that goes on in its quote'],
    ['> > quoted\nand more\n/ephemeral destroy', 'a paragraph that goes on in its quote'],
    ['> - quoted\n/ephemeral destroy', 'a list that goes on in its quote'],
    ['    /ephemeral destroy', 'indented code'],
    ['\t/ephemeral destroy', 'indented code'],
    [' \t/ephemeral destroy', 'indented code'],
    ['- /ephemeral destroy', 'a list'],
    ['`/ephemeral destroy`', 'a code span'],
    ['```\n/ephemeral destroy\n```', 'a fence'],
    ['~~~ sh\n/ephemeral destroy\n~~~', 'a fence of tildes'],
    ['```\n/ephemeral destroy', 'a fence that is never closed'],
    ['````\n```\n/ephemeral destroy\n````', 'a fence in a fence'],
    ['```\n~~~\n/ephemeral destroy\n```', 'a fence of the other kind in a fence'],
    ['```\n``` x\n/ephemeral destroy\n```', 'what does not close a fence'],
    ['   ```\r\n/ephemeral destroy\r\n   ```', 'an indented fence'],
    ['<!--\n/ephemeral destroy\n-->', 'a comment'],
    ['<!-- never closed\n/ephemeral destroy', 'a comment to the end'],
    ['hello <!-- a\n/ephemeral destroy\n-->', 'a comment that begins within a line'],
    ['a paragraph\n    <!--\n/ephemeral destroy\n-->', 'a comment in the middle of a paragraph'],
    ['<!-- a --> <!-- b\n/ephemeral destroy\n-->', 'a second comment on the line'],
    ['<pre>\n/ephemeral destroy\n</pre>', 'preformatted text'],
  ])('does nothing about %j: %s', (body) => {
    expect(parseCommands(body)).toEqual(nothing);
  });

  it.each([
    ['/ephemeral exted 3d', 'there is no command `exted`: did you mean `extend`?', '/ephemeral extend 3d'],
    ['/ephemeral dstroy', 'there is no command `dstroy`: did you mean `destroy`?', '/ephemeral destroy'],
    ['/ephemeral lgos api', 'there is no command `lgos`: did you mean `logs`?', '/ephemeral logs api'],
    ['/ephemeral frobnicate', 'there is no command `frobnicate`', '/ephemeral help'],
    ['/ephemeral extend 3 fortnights', '`fortnights` is not a unit of time: use w, d, h or m', '/ephemeral extend 3d'],
    ['/ephemeral extend', '`extend` needs to know for how long', '/ephemeral extend 3d'],
    ['/ephemeral logs', '`logs` needs the name of the service', '/ephemeral logs api'],
    ['/ephemeral logs api web', '`logs` takes one name, and `web` follows it', '/ephemeral logs api'],
    ['/ephemeral logs ../x', '`../x` cannot be the name of the service', '/ephemeral logs api'],
    ['/ephemeral db', '`db` needs to know what is to be done: `status` or `reset`', '/ephemeral db status'],
    ['/ephemeral db drop', '`db` can do nothing called `drop`: `status` or `reset`', '/ephemeral db status'],
    ['/ephemeral db status now', '`db` takes one word, and `now` follows it', '/ephemeral db status'],
    ['/ephemeral test', '`test` needs the name of the suite', '/ephemeral test smoke'],
    [
      '/ephemeral destroy is what I would write',
      '`destroy` takes nothing more, and `is what I would write` follows it',
      '/ephemeral destroy',
    ],
    ['/ephemeral `@everyone`', 'there is no command `@everyone`', '/ephemeral help'],
  ])('answers %j with what is wrong and an example', (body, problem, example) => {
    expect(parseCommands(`first\n${body}`)).toEqual({ commands: [], problems: [{ line: 2, problem, example }] });
    expect(parseCommands(example).problems).toEqual([]);
  });

  it('reads the good lines of a comment beside the bad ones', () => {
    expect(parseCommands('/ephemeral stats\n/ephemeral status')).toMatchObject({
      commands: [{ name: 'status' }],
      problems: [{ line: 1 }],
    });
  });

  it('stops after ten, and says so once', () => {
    const { commands, problems } = parseCommands('/ephemeral redeploy\n'.repeat(1000));
    expect(commands).toHaveLength(10);
    expect(problems).toMatchObject([{ line: 11 }]);
  });

  const nasty = fc.oneof(
    fc.constantFrom(
      '/ephemeral',
      '/ephemeral destroy',
      '```',
      '~~~',
      '<!--',
      '-->',
      '>',
      '    ',
      '\t',
      '\r',
      '`',
      '<pre>',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const lines = fc.array(
    fc.array(nasty, { maxLength: 4 }).map((parts) => parts.join(' ')),
    { maxLength: 12 },
  );

  it('takes any text at all, and repeats nothing of it that could be markup', () => {
    fc.assert(
      fc.property(lines, (body) => {
        for (const { line, problem } of parseCommands(body.join('\n')).problems) {
          expect(line).toBeGreaterThan(0);
          expect(problem.replace(/`[^`]*`/g, '')).toMatch(/^[a-z0-9 ,:?]*$/);
        }
      }),
    );
  });

  it('does nothing that stands in a quote, a fence or a comment, whatever it is', () => {
    /** What neither is empty nor can begin another block. */
    const goesOn = (line: string) => /^\/ephemeral[^\r\n\u2028\u2029]*$/.test(line);
    const wrapped: ((body: readonly string[]) => string)[] = [
      (body) => body.map((line) => `> ${line.replace(/[\r\u2028\u2029]/g, ' ')}`).join('\n'),
      (body) => ['> He said:', ...body.filter(goesOn)].join('\n'),
      (body) => ['~~~~', ...body, '~~~~'].join('\n'),
      (body) => ['<!--', ...body.map((line) => line.replaceAll('-->', '')), '-->'].join('\n'),
    ];
    fc.assert(
      fc.property(lines, fc.constantFrom(...wrapped), (body, wrap) => {
        expect(parseCommands(wrap(body))).toEqual(nothing);
      }),
    );
  });

  it('reads a comment of the greatest size in one go, whatever it is made of', () => {
    const parts = ['<!--', '`', '<!-- -->', '``` ', '> ', '<!--\n', '`<!--\n', '\n', 'a <!--\n', '`<!-- ', '``<!--`'];
    for (const part of parts) {
      const started = process.cpuUsage().user;
      expect(parseCommands(part.repeat(65_536 / part.length))).toEqual(nothing);
      expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
    }
  });
});
