import type { IpPermission } from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { rangeOf } from './cidr.ts';
import type { Permission } from './state.ts';

/** What an egress rule of a new group allows: everything. */
export const allTraffic: Permission = {
  protocol: '-1',
  fromPort: undefined,
  toPort: undefined,
  peer: { cidr: '0.0.0.0/0' },
  description: undefined,
};

/** One permission for every range and group that the call names. Throws for a range that is none and a missing group. */
export function permissionsIn(world: World, asked: readonly IpPermission[]): Permission[] {
  return asked.flatMap(({ IpProtocol = '-1', FromPort, ToPort, IpRanges = [], UserIdGroupPairs = [] }) => {
    const base = { protocol: IpProtocol, fromPort: FromPort, toPort: ToPort };
    const ranges = IpRanges.map(({ CidrIp = '', Description }) => {
      rangeOf(CidrIp);
      return { ...base, peer: { cidr: CidrIp }, description: Description };
    });
    const groups = UserIdGroupPairs.map(({ GroupId = '', Description }) => {
      if (!world.ec2.securityGroups.has(GroupId)) {
        throw new Refusal('InvalidGroup.NotFound', `The security group '${GroupId}' does not exist`);
      }
      return { ...base, peer: { groupId: GroupId }, description: Description };
    });
    return [...ranges, ...groups];
  });
}

export function isSamePermission(one: Permission, other: Permission): boolean {
  const key = ({ protocol, fromPort, toPort, peer }: Permission): string =>
    JSON.stringify([protocol, fromPort, toPort, peer]);
  return key(one) === key(other);
}

/** As EC2 lists them: those of one protocol and port range together. */
export function shapesOf({ accountId }: World, permissions: readonly Permission[]): IpPermission[] {
  const grouped = Map.groupBy(permissions, ({ protocol, fromPort, toPort }) => `${protocol}:${fromPort}:${toPort}`);
  return [...grouped.values()].map((same) => ({
    IpProtocol: same[0]?.protocol,
    FromPort: same[0]?.fromPort,
    ToPort: same[0]?.toPort,
    IpRanges: same.flatMap(({ peer, description }) =>
      'cidr' in peer ? [{ CidrIp: peer.cidr, Description: description }] : [],
    ),
    UserIdGroupPairs: same.flatMap(({ peer, description }) =>
      'groupId' in peer ? [{ GroupId: peer.groupId, UserId: accountId, Description: description }] : [],
    ),
    Ipv6Ranges: [],
    PrefixListIds: [],
  }));
}
