export const DAY_SECONDS = 86_400;
export const YEAR_DAYS = 365;

export function daysAfter(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY_SECONDS * 1000);
}
