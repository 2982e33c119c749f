import { Refusal } from '../wire/refusal.ts';

const invalidValue = (message: string): Refusal => new Refusal('InvalidParameterValue', message);
const invalidCombination = (message: string): Refusal => new Refusal('InvalidParameterCombination', message);

export interface Storage {
  readonly allocatedStorage: number;
  readonly storageType: string;
  readonly iops: number | undefined;
  readonly storageThroughput: number | undefined;
}

/** From 400 GiB on, a gp3 volume of PostgreSQL is striped over four, and only then can more than the baseline be bought. */
const STRIPED_FROM_GIB = 400;
const BASELINES = { small: { iops: 3000, throughput: 125 }, striped: { iops: 12_000, throughput: 500 } };
const MOST_GP3 = { iops: 64_000, throughput: 4000 };
const SMALLEST_GIB: Readonly<Record<string, number>> = { gp2: 20, gp3: 20, io1: 100, io2: 100 };
const LARGEST_GIB = 65_536;

/**
 * The storage as RDS keeps it, with the baseline of gp3 written out. Throws for sizes and rates that RDS for PostgreSQL
 * does not give: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
 */
export function checkedStorage({ allocatedStorage, storageType, iops, storageThroughput }: Storage): Storage {
  const smallest = SMALLEST_GIB[storageType];
  if (smallest === undefined) {
    throw invalidValue(`Invalid storage type: ${storageType}`);
  }
  if (!Number.isInteger(allocatedStorage) || allocatedStorage < smallest || allocatedStorage > LARGEST_GIB) {
    throw invalidValue(
      `Invalid storage size for engine name postgres and storage type ${storageType}: ${allocatedStorage}`,
    );
  }
  if (storageType !== 'gp3') {
    refuseThroughput(storageThroughput, storageType);
    return { allocatedStorage, storageType, iops: provisionedIops(storageType, iops), storageThroughput: undefined };
  }
  return { allocatedStorage, storageType, ...gp3Rates({ allocatedStorage, iops, storageThroughput }) };
}

function gp3Rates({ allocatedStorage, iops, storageThroughput }: Omit<Storage, 'storageType'>) {
  const isStriped = allocatedStorage >= STRIPED_FROM_GIB;
  const baseline = isStriped ? BASELINES.striped : BASELINES.small;
  const asked = { iops: iops ?? baseline.iops, throughput: storageThroughput ?? baseline.throughput };
  if (!isStriped && (asked.iops !== baseline.iops || asked.throughput !== baseline.throughput)) {
    throw invalidCombination(
      `You can't specify IOPS or storage throughput for engine postgres and a storage size less than ${STRIPED_FROM_GIB}.`,
    );
  }
  const isWithin =
    asked.iops >= baseline.iops &&
    asked.iops <= MOST_GP3.iops &&
    asked.throughput >= baseline.throughput &&
    asked.throughput <= MOST_GP3.throughput;
  if (!isWithin) {
    throw invalidCombination(`Invalid iops or throughput for gp3: ${asked.iops} IOPS, ${asked.throughput} MiBps`);
  }
  return { iops: asked.iops, storageThroughput: asked.throughput };
}

function refuseThroughput(storageThroughput: number | undefined, storageType: string): void {
  if (storageThroughput !== undefined) {
    throw invalidCombination(`You can't specify storage throughput for storage type ${storageType}.`);
  }
}

function provisionedIops(storageType: string, iops: number | undefined): number | undefined {
  const isProvisioned = storageType.startsWith('io');
  if (isProvisioned !== (iops !== undefined)) {
    throw invalidCombination(
      isProvisioned
        ? `Must specify iops when storage type is ${storageType}.`
        : `You can't specify IOPS for storage type ${storageType}.`,
    );
  }
  return iops;
}

const RESERVED_USERS = ['admin', 'rdsadmin', 'rdsrepladmin'];

/** Throws unless a letter and up to 62 letters, digits and underscores, and no name of the engine's own. */
export function checkMasterUsername(name: string | undefined): string {
  if (name === undefined) {
    throw invalidValue('The parameter MasterUsername must be provided and must not be blank.');
  }
  if (!/^[a-z]\w{0,62}$/i.test(name)) {
    throw invalidValue(`The parameter MasterUsername is not valid: ${name}`);
  }
  if (RESERVED_USERS.includes(name.toLowerCase())) {
    throw invalidValue(`MasterUsername ${name} cannot be used as it is a reserved word used by the engine`);
  }
  return name;
}

/** 1 to 63 letters, digits and underscores after a letter. */
export function checkDatabaseName(name: string | undefined): string | undefined {
  if (name !== undefined && !/^[a-z]\w{0,62}$/i.test(name)) {
    throw invalidValue('DBName must begin with a letter and contain only alphanumeric characters.');
  }
  return name;
}

/** 0 to 35 days; 0 turns backups off. */
export function checkRetention(days: number): number {
  if (!Number.isInteger(days) || days < 0 || days > 35) {
    throw invalidValue(`Invalid backup retention period: ${days}. Must be between 0 and 35.`);
  }
  return days;
}

export function checkInstanceClass(instanceClass: string): string {
  if (!/^db\.[a-z]\w*\.\w+$/.test(instanceClass)) {
    throw invalidValue(`Invalid DB Instance class: ${instanceClass}`);
  }
  return instanceClass;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html: those that still stand. */
const AUTHORITIES = ['rds-ca-rsa2048-g1', 'rds-ca-rsa4096-g1', 'rds-ca-ecc384-g1'] as const;

export function checkCertificateAuthority(asked: string = AUTHORITIES[0]): string {
  if (!(AUTHORITIES as readonly string[]).includes(asked)) {
    throw new Refusal('CertificateNotFoundFault', `CertificateIdentifier not found: ${asked}`);
  }
  return asked;
}

/**
 * At least a tenth more than there is; the same as there is turns autoscaling off.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
 */
export function checkMaxStorage(
  most: number | undefined,
  { allocatedStorage, storageType }: Pick<Storage, 'allocatedStorage' | 'storageType'>,
): number | undefined {
  if (most === undefined || most === allocatedStorage) {
    return undefined;
  }
  if (most < allocatedStorage * 1.1) {
    throw invalidCombination(
      `Invalid max storage size for engine name postgres and storage type ${storageType}: ${most}`,
    );
  }
  return most;
}
