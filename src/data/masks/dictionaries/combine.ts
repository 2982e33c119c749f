/** Every stem with every ending, in an order that stays: the same entry has the same number in every run. */
export function combine(stems: readonly string[], endings: readonly string[]): readonly string[] {
  return stems.flatMap((stem) => endings.map((ending) => `${stem}${ending}`));
}

export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
