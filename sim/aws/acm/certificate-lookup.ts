import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { Certificate } from './state.ts';

export function certificateOf(world: World, arn = ''): Certificate {
  if (!/^arn:aws:acm:[^:]+:\d{12}:certificate\/.+/.test(arn)) {
    throw new Refusal('InvalidArnException', `The Amazon Resource Name (ARN) '${arn}' is not valid`);
  }
  const certificate = world.acm.certificates.get(arn);
  if (!certificate) {
    throw new Refusal('ResourceNotFoundException', `Could not find certificate ${arn} in account ${world.accountId}.`);
  }
  return certificate;
}
