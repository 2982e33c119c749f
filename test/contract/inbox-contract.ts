import { describe, expect, it } from '@jest/globals';
import { environmentId } from '../../src/domain/environment.ts';
import type { Delivery, Letter } from '../../src/reconcile/inbox/delivery.ts';
import type { Store } from '../../src/reconcile/store.ts';
import { CLOSED, delivery, FOLLOW, LABEL, NOON, pushed, SNAPSHOT } from '../support/deliveries.ts';

const changedMind = new Error('changed its mind');
const seconds = (count: number) => new Date(NOON.getTime() + count * 1000);

/** What every `Store` does with deliveries. Each test has a pull request of its own. */
export function describeInbox(given: () => Store): void {
  let lastNumber = 0;

  function begin() {
    lastNumber += 1;
    const pullRequest = { repository: 'acme/inbox', number: lastNumber };
    const id = environmentId(pullRequest);
    const receive = async (
      name: string,
      more: Partial<Delivery> = {},
      { end = () => undefined }: { end?: () => void } = {},
    ): Promise<Letter | undefined> =>
      await given().transaction(async (transaction) => {
        await transaction.environment(id);
        const sent = delivery(`${id} ${name}`, { pullRequest, ...more });
        const letter = await transaction.receive(sent, { at: NOON });
        end();
        return letter;
      });
    const received = async (...sent: Parameters<typeof receive>): Promise<Letter> => {
      const letter = await receive(...sent);
      if (!letter) {
        throw new Error('it was received before');
      }
      return letter;
    };
    const since = async (letter: Letter) =>
      (await given().transaction(async (transaction) => await transaction.heardSince(letter))).map((later) =>
        later.id.replace(`${id} `, ''),
      );
    const settle = async ({ position }: Letter) =>
      await given().transaction(
        async (transaction) => await transaction.settleLetter(position, { outcome: 'done', at: NOON }),
      );
    return { id, receive, received, since, settle };
  }

  describe('a delivery', () => {
    it('is received by one of twenty that have it at once', async () => {
      const { receive } = begin();
      const letters = await Promise.all(Array.from({ length: 20 }, async () => await receive('race')));

      expect(letters.filter(Boolean)).toHaveLength(1);
    });

    it('is received once by what it says, whatever it is called the second time', async () => {
      const { id, receive } = begin();
      const digest = `words of ${id}`;
      expect(await receive('one', { digest })).toBeDefined();
      expect(await receive('two', { digest })).toBeUndefined();
      expect(await receive('one', { digest: `other words of ${id}` })).toBeUndefined();

      expect(await receive('three', { digest: `further words of ${id}` })).toBeDefined();
    });

    it('is received by one of twenty that say the same under names of their own', async () => {
      const { id, receive } = begin();
      const digest = `words of ${id}`;
      const letters = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => await receive(`copy ${index}`, { digest })),
      );
      expect(letters.filter(Boolean)).toHaveLength(1);
    });

    it('is received as often as it comes where the same words may come again', async () => {
      const { receive } = begin();
      expect([await receive('one'), await receive('two')].every(Boolean)).toBe(true);
    });

    it('is received by the next when the one that had it rolls back', async () => {
      const { id, receive } = begin();
      const end = () => {
        throw changedMind;
      };
      await expect(receive('again', {}, { end })).rejects.toBe(changedMind);
      expect(await given().nextLetter(id)).toBeUndefined();

      expect(await receive('again')).toBeDefined();
      expect(await receive('again')).toBeUndefined();
    });

    it('reads back as it was sent', async () => {
      const { id, received } = begin();
      const says = {
        kind: 'comment' as const,
        commentId: 3_000_000_001,
        commands: [{ name: 'extend' as const, seconds: 60 }],
        problems: [{ kind: 'problem' as const, line: '/ephemeral \0 \ud83d', problem: 'no', example: 'x' }],
      };
      const sender = { login: 'renovate[bot]', isBot: true };
      const sent = await received('whole', { says, sender, saidAt: null, installationId: 4_711_000_815 });

      expect(await given().nextLetter(id)).toEqual(sent);
      expect(sent).toMatchObject({
        says,
        sender,
        saidAt: null,
        installationId: 4_711_000_815,
        tries: 0,
        notBefore: null,
      });
    });

    it('waits when it is a petition, and does not when it is a fact', async () => {
      const { id, received } = begin();
      await received('fact', { says: CLOSED });
      expect(await given().nextLetter(id)).toBeUndefined();

      const petition = await received('petition', { says: LABEL });
      expect(await given().nextLetter(id)).toEqual(petition);
    });

    it('knows the head that it tells of, else the last one that was heard of', async () => {
      const { received } = begin();
      expect((await received('nothing', { says: CLOSED })).knownHead).toBeNull();
      expect((await received('push', { says: pushed('a', 'b') })).knownHead).toBe('b');
      expect((await received('close', { says: CLOSED })).knownHead).toBe('b');
      expect((await received('label', { says: LABEL })).knownHead).toBe(SNAPSHOT.headSha);
    });

    it('knows no head that is younger than what it tells, or was read later than it was told', async () => {
      const { received } = begin();
      await received('push', { says: pushed('a', 'b'), saidAt: seconds(1) });
      await received('newer push', { says: pushed('b', 'c'), saidAt: seconds(5) });
      await received('older push', { says: pushed('0', 'a'), saidAt: seconds(0) });
      await received('untimed', { says: CLOSED, saidAt: null });
      const readLater = { kind: 'label', snapshot: SNAPSHOT, readLater: true } as const;
      await received('label that was read', { says: readLater, saidAt: seconds(2) });

      expect((await received('late', { says: CLOSED, saidAt: seconds(3) })).knownHead).toBe('b');
      expect((await received('later', { says: CLOSED, saidAt: seconds(6) })).knownHead).toBe('c');
      expect((await received('early', { says: CLOSED, saidAt: seconds(-1) })).knownHead).toBeNull();
    });
  });

  describe('letters of a pull request', () => {
    it('wait in the order in which they came, until each is settled, once', async () => {
      const { id, received, settle } = begin();
      const first = await received('first', { saidAt: seconds(2) });
      const second = await received('second', { saidAt: seconds(1) });
      expect(await given().nextLetter(id)).toEqual(first);

      expect(await settle(first)).toBe(true);
      expect(await settle(first)).toBe(false);
      expect(await given().nextLetter(id)).toEqual(second);
      await settle(second);
      expect(await given().nextLetter(id)).toBeUndefined();
    });

    it('are put off without losing their turn', async () => {
      const { id, received } = begin();
      const first = await received('first');
      await received('second');
      await given().postponeLetter(first.position, { tries: 3, notBefore: seconds(60) });

      expect(await given().nextLetter(id)).toEqual({ ...first, tries: 3, notBefore: seconds(60) });
    });

    it('have happened in the order that the forge gives, whichever came first', async () => {
      const { received, since } = begin();
      const late = await received('label at 2', { saidAt: seconds(2) });
      await received('push at 1', { says: FOLLOW, saidAt: seconds(1) });
      await received('close at 4', { says: CLOSED, saidAt: seconds(4) });
      await received('push at 3', { says: FOLLOW, saidAt: seconds(3) });

      expect(await since(late)).toEqual(['push at 3', 'close at 4']);
    });

    it('have happened in the order in which they came within one second, or when nothing is said of the time', async () => {
      const { received, since } = begin();
      await received('before', { says: FOLLOW });
      const letter = await received('letter');
      await received('after', { says: FOLLOW });
      const untimed = await received('untimed', { saidAt: null });
      await received('after it', { says: CLOSED, saidAt: seconds(-60) });

      expect(await since(letter)).toEqual(['after', 'untimed']);
      expect(await since(untimed)).toEqual(['after it']);
    });

    it('that say nothing of the time have happened after all that came before them, whatever comes later', async () => {
      const { received, since } = begin();
      await received('first', { saidAt: seconds(5) });
      await received('untimed', { says: CLOSED, saidAt: null });

      expect(await since(await received('told late', { saidAt: seconds(5) }))).toEqual(['untimed']);
      expect(await since(await received('told later', { saidAt: seconds(4) }))).toEqual([
        'first',
        'told late',
        'untimed',
      ]);
      expect(await since(await received('new', { saidAt: seconds(6) }))).toEqual([]);
    });

    it('say what became of them', async () => {
      const { received, settle } = begin();
      const first = await received('first', { says: CLOSED });
      await settle(await received('second'));
      await received('third');

      const later = await given().transaction(async (transaction) => await transaction.heardSince(first));
      expect(later.map(({ outcome }) => outcome)).toEqual(['done', null]);
    });
  });
}
