/** `42 s`, `4 min 15 s`, `3 h 20 min`, `2 days 4 h`: how much time lies between, as one would say it. */
export function elapsed(from: Date, to: Date): string {
  const seconds = Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) {
    return `${days} ${days === 1 ? 'day' : 'days'} ${hours} h`;
  }
  if (hours > 0) {
    return `${hours} h ${minutes} min`;
  }
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** `00:35:12`, UTC. */
export function timeOfDay(instant: Date): string {
  return instant.toISOString().slice(11, 19);
}
