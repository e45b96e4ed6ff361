import type { Request } from './exchange.js';

/** Where links in mails lead people who do not sign in: behind each of these stands a token or a code that nobody guesses. */
const LINK_PAGES = ['invitations', 'rosters', 'attendance', 'certificates'] as const;

const LINK = new RegExp(`^/(?:${LINK_PAGES.join('|')})/[\\w.~-]{10,200}(?:/\\w[\\w.~-]*)*$`);
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/**
 * A page of somebody's own: whoever has its address may see it (GET, HEAD) and act on it by its form (POST), without the token of the API. By exact form
 * of the path: what has another one is no such page.
 */
export function isLinkPage({ method, path }: Pick<Request, 'method' | 'path'>): boolean {
  return METHODS.has(method) && LINK.test(path);
}
