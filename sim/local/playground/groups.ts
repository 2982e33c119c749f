import type { Sighting } from './sightings.ts';

/** Resources that a person thinks of together. */
export interface Group {
  readonly title: string;
  readonly sightings: readonly Sighting[];
  /** Of what there are many alike: shown as dots, the list folded away. */
  readonly folded: boolean;
}

interface Shelf {
  readonly title: string;
  readonly kinds: readonly string[];
  readonly folded?: boolean;
}

/** In the order in which people ask about them. */
const shelves: readonly Shelf[] = [
  { title: 'Database', kinds: ['DB cluster', 'DB cluster (clone)', 'DB instance'] },
  { title: 'Services', kinds: ['service'] },
  { title: 'Tasks', kinds: ['task'] },
  { title: 'Target groups', kinds: ['target group'] },
  { title: 'Certificate', kinds: ['certificate'] },
  { title: 'Listener rules', kinds: ['rule'], folded: true },
  { title: 'Host names', kinds: ['record set'], folded: true },
  { title: 'Secrets', kinds: ['secret'], folded: true },
  { title: 'Parameters', kinds: ['parameter'], folded: true },
  { title: 'Log groups', kinds: ['log group'], folded: true },
  { title: 'Task definitions', kinds: ['task definition'], folded: true },
];

/** Only groups with something in them; each in the order its resources came. */
export function groupsOf(sightings: readonly Sighting[]): Group[] {
  const known = new Set(shelves.flatMap(({ kinds }) => kinds));
  const all = [
    ...shelves.map((shelf) => ({ ...shelf, holds: (kind: string) => shelf.kinds.includes(kind) })),
    { title: 'Other', folded: true, holds: (kind: string) => !known.has(kind) },
  ];
  return all
    .map(({ title, folded = false, holds }) => ({
      title,
      folded,
      sightings: sightings
        .filter(({ item }) => holds(item.kind))
        .toSorted((a, b) => a.firstSeen.getTime() - b.firstSeen.getTime() || (a.item.name < b.item.name ? -1 : 1)),
    }))
    .filter((group) => group.sightings.length > 0);
}
