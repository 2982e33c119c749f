import type { Letter, Petition } from './delivery.ts';

/** How many things a petition asks for. What takes away costs nothing; what is only to be answered costs as much as the rest. */
export function costOf(says: Petition): number {
  switch (says.kind) {
    case 'label':
      return 1;
    case 'button':
      return says.ask.kind === 'release' ? 0 : 1;
    case 'comment':
      return says.commands.filter(({ name }) => name !== 'destroy').length + (says.problems.length > 0 ? 1 : 0);
  }
}

/** What is left of it that costs nothing; undefined when nothing is. */
export function freePartOf(letter: Letter<Petition>): Letter<Petition> | undefined {
  const { says } = letter;
  if (costOf(says) === 0) {
    return letter;
  }
  const commands = says.kind === 'comment' ? says.commands.filter(({ name }) => name === 'destroy') : [];
  return says.kind === 'comment' && commands.length > 0
    ? { ...letter, says: { ...says, commands, problems: [] } }
    : undefined;
}
