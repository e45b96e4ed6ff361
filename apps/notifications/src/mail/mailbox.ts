/** A sender as MAIL_FROM names it: an address, with or without a name before it. */
export function parseMailbox(from: string): { name: string; address: string } {
  const [, name, address] = /^([^<>]*)<([^<>]+)>$/.exec(from.trim()) ?? [];
  return address === undefined
    ? { name: '', address: from.trim() }
    : { name: (name ?? '').trim().replace(/^"(.*)"$/, '$1'), address: address.trim() };
}
