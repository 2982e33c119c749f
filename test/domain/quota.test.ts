import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Claimant, PATIENCE, passedOverBy, queueOf, shareSlots } from '../../src/domain/quota.ts';

/** Of an author of its own unless another is given; those without a minute come at the same moment. */
function claimant(id: string, more: Partial<Claimant> & { minute?: number } = {}): Claimant {
  const { minute = 0, ...rest } = more;
  const since = new Date(minute * 60_000);
  return { id, author: id, isBot: false, isDraft: false, since, passedOver: 0, admitted: false, ...rest };
}

const idsOf = (claimants: readonly Claimant[]) => claimants.map(({ id }) => id);

describe('shareSlots', () => {
  it('gives free slots to the front of the queue, and the rest a place', () => {
    const claimants = [
      claimant('c', { minute: 3 }),
      claimant('a', { minute: 1, admitted: true }),
      claimant('b', { minute: 2 }),
      claimant('d', { minute: 4 }),
    ];
    expect(shareSlots(claimants, 2)).toEqual([
      { id: 'a', admitted: true },
      { id: 'b', admitted: true },
      { id: 'c', admitted: false, place: 1 },
      { id: 'd', admitted: false, place: 2 },
    ]);
  });

  it('lets who has a slot keep it when the limit shrinks, and admits nobody else', () => {
    const claimants = [claimant('a', { admitted: true }), claimant('b', { admitted: true }), claimant('c')];
    expect(shareSlots(claimants, 1)).toEqual([
      { id: 'a', admitted: true },
      { id: 'b', admitted: true },
      { id: 'c', admitted: false, place: 1 },
    ]);
  });
});

describe('the queue', () => {
  it('is one of age where every author has one', () => {
    expect(
      idsOf(queueOf([claimant('b', { minute: 2 }), claimant('c', { minute: 2 }), claimant('a', { minute: 1 })])),
    ).toEqual(['a', 'b', 'c']);
  });

  it('has authors take turns: one that asks for five at once does not hold up another that asks for one', () => {
    const five = [1, 2, 3, 4, 5].map((minute) => claimant(`many-${minute}`, { author: 'many', minute }));
    const queue = queueOf([...five, claimant('one', { minute: 9 }), claimant('other', { minute: 10 })]);

    expect(idsOf(queue)).toEqual(['many-1', 'one', 'other', 'many-2', 'many-3', 'many-4', 'many-5']);
  });

  it('counts what an author holds already', () => {
    const holding = [1, 2].map((number) => claimant(`held-${number}`, { author: 'rich', admitted: true }));
    const waiting = [claimant('rich-3', { author: 'rich', minute: 1 }), claimant('poor', { minute: 2 })];

    expect(idsOf(queueOf([...holding, ...waiting]))).toEqual(['poor', 'rich-3']);
  });

  it('puts drafts behind what is ready for review, and bots behind people', () => {
    const queue = queueOf([
      claimant("a bot's draft", { minute: 1, isBot: true, isDraft: true }),
      claimant("a bot's", { minute: 2, isBot: true }),
      claimant('a draft', { minute: 3, isDraft: true }),
      claimant('ready', { minute: 4 }),
    ]);
    expect(idsOf(queue)).toEqual(['ready', 'a draft', "a bot's", "a bot's draft"]);
  });

  it('lets nobody pass one any more that was passed over often enough, but its elders', () => {
    const queue = queueOf([
      claimant('held', { author: 'rich', admitted: true }),
      claimant('elder', { author: 'rich', minute: 1, passedOver: PATIENCE }),
      claimant('due', { author: 'rich', minute: 2, passedOver: PATIENCE }),
      claimant('new', { minute: 3 }),
    ]);
    expect(idsOf(queue)).toEqual(['elder', 'due', 'new']);
  });

  it('counts as passed over who came before and goes on waiting, and no draft and no bot', () => {
    const claimants = [
      claimant('before', { minute: 1 }),
      claimant('a draft before', { minute: 1, isDraft: true }),
      claimant('a bot before', { minute: 1, isBot: true }),
      claimant('a holder', { minute: 1, admitted: true }),
      claimant('served', { minute: 2 }),
      claimant('after', { minute: 3 }),
    ];
    expect(passedOverBy(claimants, 'served')).toEqual(['before']);
  });
});

/** What happens to a queue, one thing after the other; a number stands for one of those whom it can happen to. */
const happening = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('comes' as const),
      author: fc.constantFrom('ann', 'bob', 'cid', 'dot', 'eve'),
      isBot: fc.boolean(),
      isDraft: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('holder goes' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('waiting goes' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('draft turns' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('limit is set' as const), limit: fc.integer({ min: 0, max: 4 }) }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** A world of claims that serves who is to be served after each happening, as admission does: one after the other. */
function createWorld() {
  let claims: readonly Claimant[] = [];
  let limit = 3;
  let clock = 0;
  const change = (id: string, by: Partial<Claimant>) => {
    claims = claims.map((one) => (one.id === id ? { ...one, ...by } : one));
  };
  const pick = (which: number, admitted: boolean): string | undefined => {
    const among = claims.filter((one) => one.admitted === admitted);
    return among[which % Math.max(1, among.length)]?.id;
  };
  return {
    claims: () => claims,
    limit: () => limit,
    happen(what: Happening): void {
      clock += 1;
      if (what.kind === 'comes') {
        const { author, isBot, isDraft } = what;
        claims = [...claims, claimant(`${clock}`, { author, isBot, isDraft, minute: clock })];
      } else if (what.kind === 'limit is set') {
        ({ limit } = what);
      } else if (what.kind === 'draft turns') {
        const id = pick(what.which, false);
        change(id ?? '', { isDraft: !claims.find((one) => one.id === id)?.isDraft });
      } else {
        const id = pick(what.which, what.kind === 'holder goes');
        claims = claims.filter((one) => one.id !== id);
      }
    },
    /** Whom a free slot goes to, one; undefined when there is none or nobody waits. */
    serve(): string | undefined {
      const next = shareSlots(claims, limit).find(
        (share) => share.admitted && !claims.find(({ id }) => id === share.id)?.admitted,
      );
      for (const id of next ? passedOverBy(claims, next.id) : []) {
        change(id, { passedOver: (claims.find((one) => one.id === id)?.passedOver ?? 0) + 1 });
      }
      change(next?.id ?? '', { admitted: true });
      return next?.id;
    },
  };
}

const isFirstClass = ({ isBot, isDraft, admitted }: Claimant) => !isBot && !isDraft && !admitted;

describe('for any sequence of arrivals and departures', () => {
  const histories = fc.array(happening, { maxLength: 60 });

  it('the limit is held, no slot stays free while somebody waits, and who has one keeps it', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const world = createWorld();
        for (const what of history) {
          world.happen(what);
          const held = idsOf(world.claims().filter(({ admitted }) => admitted));
          while (world.serve() !== undefined) {
            // One after the other.
          }
          const holding = world.claims().filter(({ admitted }) => admitted);
          expect(idsOf(holding)).toEqual(expect.arrayContaining(held));
          expect(holding).toHaveLength(Math.max(held.length, Math.min(world.limit(), world.claims().length)));
        }
      }),
    );
  });

  it('a person whose pull request is ready for review is served after its elders and a few others, however many come', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const world = createWorld();
        /** For each that waits without a break: how many more may be served before it. */
        const patience = new Map<string, number>();
        for (const what of history) {
          world.happen(what);
          const waiting = world.claims().filter(isFirstClass);
          for (const id of [...patience.keys()].filter((each) => !idsOf(waiting).includes(each))) {
            patience.delete(id);
          }
          for (const { id, since } of waiting.filter((one) => !patience.has(one.id))) {
            const elders = world.claims().filter((one) => !one.admitted && one.since < since).length;
            patience.set(id, elders + PATIENCE);
          }
          for (let served = world.serve(); served !== undefined; served = world.serve()) {
            patience.delete(served);
            for (const [id, left] of patience) {
              expect(left).toBeGreaterThan(0);
              patience.set(id, left - 1);
            }
          }
        }
      }),
    );
  });

  it('what is decided follows from who claims, not from the order in which they are listed', () => {
    fc.assert(
      fc.property(histories, fc.integer(), (history, seed) => {
        const world = createWorld();
        history.forEach(world.happen);
        const shuffled = [...world.claims()].sort((a, b) => ((Number(a.id) * seed) % 7) - ((Number(b.id) * seed) % 7));

        expect(idsOf(queueOf(shuffled))).toEqual(idsOf(queueOf(world.claims())));
      }),
    );
  });

  it('a place gets worse only when somebody comes or becomes ready for review, or a holder goes whose slot nobody gets', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const world = createWorld();
        const places = () => new Map(queueOf(world.claims()).map(({ id }, index) => [id, index]));
        for (const what of history) {
          const before = places();
          world.happen(what);
          // With fewer slots than holders none comes free, and the author of who went has a smaller share: its turn is nearer.
          const isFreed = world.claims().filter(({ admitted }) => admitted).length < world.limit();
          while (world.serve() !== undefined) {
            // One after the other.
          }
          if (what.kind === 'waiting goes' || (what.kind === 'holder goes' && isFreed)) {
            const worse = [...places()].filter(([id, place]) => place > (before.get(id) ?? place));
            expect(worse).toEqual([]);
          }
        }
      }),
    );
  });
});
