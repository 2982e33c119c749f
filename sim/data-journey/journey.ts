import { proofProblem } from '../../src/domain/source-proof.ts';
import type { Desk } from './desk.ts';
import { type Cloned, cloned, removed, sourceOf } from './environments.ts';
import { LEAKS, type Leak } from './leaks.ts';
import { found, originalsOf } from './originals.ts';
import { ownUserOf } from './own-user.ts';
import type { Production, Stage } from './production.ts';
import type { RuleFile } from './rule-file.ts';

export interface Travelling extends Stage {
  readonly production: Production;
  readonly desk: Desk;
  readonly rules: RuleFile;
  /** PEM. */
  readonly publicKey: string;
  /** Told as it comes. */
  readonly tell: (finding: Finding) => void;
}

/** A statement about the world at one point of the journey, and whether it is so. */
export interface Finding {
  readonly step: string;
  readonly ok: boolean;
  /** What was seen. */
  readonly seen: string;
}

/** From production to an environment and back, with whatever must not get through on the way. */
export async function travel(stage: Travelling): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const note: Note = (step, ok, seen) => {
    findings.push({ step, ok, seen });
    stage.tell({ step, ok, seen });
  };
  const first = await refresh(stage, { note, snapshot: 'monday' });
  const environment = await clone(stage, { note, branch: 'first', source: first });
  for (const leak of LEAKS) {
    await letThrough(stage, { note, leak, first });
  }
  await stage.rules.change({});
  const second = await refresh(stage, { note, snapshot: 'tuesday' });
  note('which is another one', second !== first, second);
  const later = await clone(stage, { note, branch: 'second', source: second });
  const stays = await sourceOf(stage, environment.name);
  note('the earlier environment keeps its own', stays === first, `${environment.name} is a clone of ${stays}`);
  const outcome = await stage.desk.ask('rollback');
  note('rollback', (await serving(stage)) === first, outcome);
  for (const one of [environment, later]) {
    note('removed', (await removed(stage, one)).length === 0, one.name);
  }
  return findings;
}

type Note = (step: string, ok: boolean, seen: string) => void;

/** The identifier of the source that is in service; empty while there is none, or it is not proven. */
async function serving({ desk, publicKey }: Travelling): Promise<string> {
  const source = await desk.inService();
  return source && proofProblem(source.id, source.passport, publicKey) === undefined ? source.id : '';
}

async function refresh(stage: Travelling, { note, snapshot }: { note: Note; snapshot: string }): Promise<string> {
  await stage.production.snapshot(snapshot);
  note('refresh', true, await stage.desk.ask('refresh'));
  const source = await serving(stage);
  note('in service, with a genuine passport', source !== '', source);
  return source;
}

async function clone(
  stage: Travelling,
  { note, branch, source }: { note: Note; branch: string; source: string },
): Promise<Cloned> {
  const originals = await originalsOf(stage.production);
  const environment = await cloned(stage, branch);
  const { name } = environment;
  note('cloned', environment.source === source, `${name} is a clone of ${environment.source}`);
  note('its comment', environment.body.includes('masked, passport ✓'), environment.line);
  const leaked = await found(stage, name, originals);
  note('its data', leaked === 0, `${leaked} of ${originals.length} values of production`);
  const user = await ownUserOf(stage, name);
  note(
    'its own user',
    user.rows > 0 && !user.readsProduction,
    `${user.name} reads ${user.rows} people, and ${user.readsProduction ? '' : 'no '}production`,
  );
  return environment;
}

/** Refreshes with something planted: the source must fail, say where, and leave the one in service where it is. */
async function letThrough(
  stage: Travelling,
  { note, leak, first }: { note: Note; leak: Leak; first: string },
): Promise<void> {
  const { production, rules, desk } = stage;
  await leak.plant(production);
  await rules.change(leak.rules);
  await production.snapshot(`leak-${LEAKS.indexOf(leak) + 1}`);
  await desk.ask('refresh');
  await leak.remove(production);
  const said = (await desk.newest())?.failure?.message ?? 'nothing failed';
  const line = said.split('\n').find((text) => text.includes(leak.column));
  note(leak.name, line !== undefined && (await serving(stage)) === first, line ?? said);
}
