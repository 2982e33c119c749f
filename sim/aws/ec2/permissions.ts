import { isIPv6 } from 'node:net';
import type { IpPermission } from '@aws-sdk/client-ec2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { rangeOf } from './cidr.ts';
import { existing } from './lookup.ts';
import { missing } from './resource-kinds.ts';
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
  return asked.flatMap((one) => {
    const { IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [], PrefixListIds = [] } = one;
    const base = trafficOf(one);
    const ranges = IpRanges.map(({ CidrIp = '', Description }) => {
      rangeOf(CidrIp);
      return { ...base, peer: { cidr: CidrIp }, description: Description };
    });
    const ranges6 = Ipv6Ranges.map(({ CidrIpv6 = '', Description }) => {
      checkRange6(CidrIpv6);
      return { ...base, peer: { cidr6: CidrIpv6 }, description: Description };
    });
    const groups = UserIdGroupPairs.map(({ GroupId = '', Description }) => {
      existing(world.ec2.securityGroups, GroupId, missing.securityGroup);
      return { ...base, peer: { groupId: GroupId }, description: Description };
    });
    for (const { PrefixListId } of PrefixListIds) {
      throw new Refusal('InvalidPrefixListID.NotFound', `The prefix list ID '${PrefixListId}' does not exist`);
    }
    return [...ranges, ...ranges6, ...groups];
  });
}

const PROTOCOLS: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

/**
 * "Specifying -1 [...] allows traffic on all ports, regardless of any port range you specify."
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function trafficOf({
  IpProtocol = '-1',
  FromPort,
  ToPort,
}: Pick<IpPermission, 'IpProtocol' | 'FromPort' | 'ToPort'>): Pick<Permission, 'protocol' | 'fromPort' | 'toPort'> {
  const protocol = PROTOCOLS[IpProtocol] ?? IpProtocol;
  return protocol === '-1'
    ? { protocol, fromPort: undefined, toPort: undefined }
    : { protocol, fromPort: FromPort, toPort: ToPort };
}

export function checkRange6(cidr: string): void {
  const [address = '', bits = ''] = cidr.split('/');
  if (!isIPv6(address) || !/^\d{1,3}$/.test(bits) || Number(bits) > 128) {
    throw new Refusal('InvalidParameterValue', `CIDR block ${cidr} is malformed`);
  }
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
    Ipv6Ranges: same.flatMap(({ peer, description }) =>
      'cidr6' in peer ? [{ CidrIpv6: peer.cidr6, Description: description }] : [],
    ),
    PrefixListIds: [],
  }));
}
