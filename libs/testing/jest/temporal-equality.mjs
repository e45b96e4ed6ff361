/*
 * Temporal's values keep what they hold out of sight, so Jest finds any two of one class equal and such a test could not fail.
 * Here they are equal when they say the same.
 */
import { Temporal } from 'temporal-polyfill';

/* global expect */

const classes = [
  Temporal.Instant,
  Temporal.PlainDate,
  Temporal.PlainDateTime,
  Temporal.PlainYearMonth,
  Temporal.ZonedDateTime,
  Temporal.Duration,
];

/** @param {unknown} a @param {unknown} b */
function sameMoment(a, b) {
  const kind = classes.find((one) => a instanceof one || b instanceof one);
  return kind ? a instanceof kind && b instanceof kind && a.toString() === b.toString() : undefined;
}

expect.addEqualityTesters([sameMoment]);
