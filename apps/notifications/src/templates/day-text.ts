/** An ISO date as officials write it. */
export function dayText(isoDay: string): string {
  return isoDay.split('-').reverse().join('/');
}
