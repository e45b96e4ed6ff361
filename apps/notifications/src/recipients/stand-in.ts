import type { Language, People } from '../templates/letter.js';

/** Who reads a mail while the one it is meant for is away. */
export interface StandIn {
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  /** Last day of the absence, `yyyy-mm-dd`; of the shortest where a mail is passed on several times. */
  readonly until: string;
}

/** The people of a mail as its stand-in is to read it: addressed to them, for the one who is away. Nobody is told to ask themselves. Pure. */
export function forStandIn(people: People, standIn: StandIn, askContactId: string | null): People {
  return {
    ...people,
    recipientName: standIn.name,
    standsInFor: { name: people.recipientName, until: standIn.until },
    ask: standIn.id === askContactId ? null : people.ask,
  };
}
