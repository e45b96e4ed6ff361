const COLLATOR = new Intl.Collator('vi');

/**
 * The order of people in Vietnamese lists: by given name (the last word), then family name, then the words between. Word for word, letters before
 * tones (a à ả ã á ạ ă …), as dictionaries do: all that begin with "Bà" stand before all that begin with "Bá". Names that differ at all never compare as
 * equal, so a sorted list is the same however it came.
 */
export function byVietnameseName(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const order = COLLATOR.compare(a[at] ?? '', b[at] ?? '');
    if (order !== 0) return order;
  }
  return one < other ? -1 : Number(one > other);
}

/** Given name first. */
function wordsOf(name: string): readonly string[] {
  const words = name.normalize('NFC').trim().split(/\s+/);
  return [...words.slice(-1), ...words.slice(0, -1)];
}
