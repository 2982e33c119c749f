/** What was asked for and not given, as sentences. */
export interface Refusals {
  /** Notes the field where what was asked for is not what is given. */
  given(field: string, asked: unknown, given: unknown): void;
  say(sentence: string): void;
  /** Those that are as the base has them in one sentence, then the others, sorted. */
  all(): readonly string[];
}

/** `from` is the base's branch, as it stands in sentences. */
export function createRefusals(from: string): Refusals {
  const fields = new Set<string>();
  const sentences = new Set<string>();
  return {
    given(field, asked, given) {
      if (JSON.stringify(asked) !== JSON.stringify(given)) {
        fields.add(`\`${field}\``);
      }
    },
    say: (sentence) => void sentences.add(sentence),
    all() {
      const verb = fields.size === 1 ? 'is' : 'are';
      const asOnBase = `${[...fields].sort().join(', ')} ${verb} as on ${from}, and not as this commit has it.`;
      return [...(fields.size === 0 ? [] : [asOnBase]), ...[...sentences].sort()];
    },
  };
}
