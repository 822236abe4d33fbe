/** How long ago a review was due, as people say it: "12 days", "about 3 months". */
export function overdueWords(days: number): string {
  if (days === 1) return '1 day';
  if (days < 60) return `${days} days`;
  const months = Math.round(days / 30.44);
  if (months < 24) return `about ${months} months`;
  return `about ${Math.round(days / 365.25)} years`;
}
