import { DomainError } from '#contracts';
import type { Session } from '../bookings/timetable.js';

/** @throws DomainError `session-not-found` */
export function sessionIn({ code }: { readonly code: string }, sessions: readonly Session[], id: string): Session {
  const found = sessions.find((one) => one.id === id);
  if (found) return found;
  throw new DomainError('session-not-found', `Class ${code} has no session ${id}. Read the class.`);
}

/** @throws DomainError `sessions-overlap` when the class has another session at that time */
export function mustBeAlone(session: Session, others: readonly Session[]): void {
  const { id, day, part } = session;
  if (!others.some((one) => one.id !== id && one.part === part && one.day.equals(day))) return;
  throw new DomainError('sessions-overlap', 'A class has one session in a morning or afternoon.', [{ day: day.toString(), part }]);
}
