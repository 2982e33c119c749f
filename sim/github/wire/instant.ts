/** As GitHub writes instants: whole seconds, UTC. */
export function instant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

export function instantOrNull(date: Date | undefined): string | null {
  return date ? instant(date) : null;
}

/** GitHub's global ids are opaque; these keep their look. */
export function nodeId(prefix: string, id: number): string {
  return `${prefix}_${Buffer.from(`kw${id}`).toString('base64url')}`;
}
