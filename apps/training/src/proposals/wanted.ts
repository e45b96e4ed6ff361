import type { Temporal } from 'temporal-polyfill';
import type { SessionPart } from '#contracts';
import type { Window } from '../courses/course.js';

/** A class that has no days yet. */
export interface WantedClass {
  readonly classId: string;
  readonly code: string;
  readonly courseId: string;
  readonly version: number;
  readonly district: string;
  /** Where it must be held; null: at any venue of its district. */
  readonly venueId: string | null;
  readonly places: number;
  readonly days: number;
  /** Whether days off may be used. */
  readonly daysOff: boolean;
  readonly window: Window;
  /** Of each session in order, with what a trainer of it must know. */
  readonly topics: readonly { readonly topic: string; readonly speciality: string | null }[];
}

export interface Place {
  readonly venueId: string;
  readonly code: string;
  readonly name: string;
  readonly district: string;
  readonly capacity: number;
}

export interface Teacher {
  readonly trainerId: string;
  readonly specialities: readonly string[];
  /** First and last days on which they are away, as ISO dates, both included. */
  readonly away: readonly { readonly from: string; readonly to: string }[];
}

/** What is taken already. */
export interface Booked {
  readonly venueId: string | null;
  readonly trainerId: string | null;
  /** ISO date. */
  readonly day: string;
  readonly part: SessionPart;
}

/** All that a proposal follows from. */
export interface Facts {
  readonly classes: readonly WantedClass[];
  readonly places: readonly Place[];
  readonly teachers: readonly Teacher[];
  readonly booked: readonly Booked[];
  /** First and last day looked at; a null end is the end of each class's window, or a year. */
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate | null;
}
