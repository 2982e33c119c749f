const MB = 1024 * 1024;

/**
 * One payload is kept of ten or twenty thousand characters: a server that kept something of each delivery would hold a
 * hundred megabytes more after twelve thousand. What passes here is less than a thousand bytes for each.
 */
const MOST_LIVE_BYTES_A_DELIVERY = 1000;
/** Environments that are being made, and what was compiled meanwhile, are there however few deliveries come. */
const ALWAYS_ALLOWED_BYTES = 8 * MB;
/**
 * What is resident is garbage for the most part. In the warm-up the heap finds the size that it needs; from the third
 * quarter of the load to the last it grows by less than this, where one payload kept of each delivery would make it a fifth.
 */
const MOST_RESIDENT_GROWTH = 0.15;

/** Of the server's process; megabytes. */
export interface Memory {
  readonly flat: boolean;
  /** Left on the heap when all garbage was gone: at the beginning of the warm-up, and after the load. */
  readonly liveBefore: number;
  readonly liveAfter: number;
  /** In RAM: the middle value of each quarter of the load, and the most. */
  readonly residentByQuarter: readonly number[];
  readonly residentMost: number;
}

/** Flat when what is live has not grown with the deliveries, nor what is resident in the second half. */
export function judgeMemory({
  liveBefore,
  liveAfter,
  resident,
  deliveries,
}: {
  liveBefore: number;
  liveAfter: number;
  /** In the order of time, all bytes. */
  resident: readonly number[];
  deliveries: number;
}): Memory {
  const quarters = [0, 1, 2, 3].map((quarter) =>
    middle(resident.slice((resident.length * quarter) / 4, (resident.length * (quarter + 1)) / 4)),
  );
  const [, , third = 0, last = 0] = quarters;
  const allowed = Math.max(deliveries * MOST_LIVE_BYTES_A_DELIVERY, ALWAYS_ALLOWED_BYTES);
  return {
    flat: liveAfter - liveBefore <= allowed && last <= third * (1 + MOST_RESIDENT_GROWTH),
    liveBefore: megabytes(liveBefore),
    liveAfter: megabytes(liveAfter),
    residentByQuarter: quarters.map(megabytes),
    residentMost: megabytes(Math.max(0, ...resident)),
  };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function megabytes(bytes: number): number {
  return Math.round((bytes / MB) * 10) / 10;
}
