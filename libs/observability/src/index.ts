/*
 * What a process says of itself: log lines with the story they belong to and without personal data, and its status as gauges.
 * Guarantees: no log line carries an address, a phone number, a token or a person's name by a known key or in running text.
 * Not here: HTTP endpoints (the gateway's), traces exported to other systems.
 */
export { exitOnUncaught } from './last-words.js';
export { createLogger, type LogFormat, type LogLevel, type LoggerOptions } from './logger.js';
export { redact, scrubText } from './redact.js';
export { processGauges, StatusGauges, type Gauge, type GaugeSource } from './status-gauges.js';
export { productVersion, statusOf } from './status.js';
export { StatusModule } from './status.module.js';
export { currentTrace, newTrace, withTrace, type Trace } from './trace.js';
