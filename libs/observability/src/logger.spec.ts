import { Logger } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { FixedClock, SystemClock } from '#calendar';
import { createLogger, newTrace, withTrace, type LoggerOptions } from './index.js';

function listen(options: Partial<LoggerOptions> = {}) {
  const written: string[] = [];
  const logger = createLogger({
    service: 'training',
    level: 'info',
    format: 'json',
    destination: { write: (line: string) => void written.push(line) },
    ...options,
  });
  return { logger, written, last: () => JSON.parse(written.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('createLogger', () => {
  it('writes one JSON line with service, level, class, text and facts', () => {
    const { logger, written, last } = listen();
    logger.log('swept', { steps: 3 }, 'SweepSteps');
    expect(written).toHaveLength(1);
    expect(last()).toMatchObject({ service: 'training', level: 'info', context: 'SweepSteps', msg: 'swept', steps: 3 });
  });

  it('puts the running story into every line', () => {
    const { logger, last } = listen();
    const trace = { ...newTrace('service:training'), causationId: '0b7e0f6e-0000-4000-8000-000000000001' };
    withTrace(trace, () => {
      logger.warn('in a story');
    });
    expect(last()).toMatchObject({ correlationId: trace.correlationId, causationId: trace.causationId });
    logger.warn('outside');
    expect(last()).not.toHaveProperty('correlationId');
  });

  it('adds business time when it is not real time', () => {
    const clock = new FixedClock(Temporal.Instant.from('2020-06-01T00:30:00Z'));
    const rehearsal = listen({ clock });
    rehearsal.logger.log('x');
    expect(rehearsal.last()).toMatchObject({ businessTime: '2020-06-01T07:30:00+07:00' });
    const real = listen({ clock: new SystemClock() });
    real.logger.log('x');
    expect(real.last()).not.toHaveProperty('businessTime');
  });

  it('writes errors with stack and cause, however Nest hands them over', () => {
    const { logger, last } = listen();
    logger.error(new Error('outer', { cause: new Error('inner') }), 'Relay');
    expect(last()).toMatchObject({
      msg: 'outer',
      context: 'Relay',
      error: { type: 'Error', message: 'outer', cause: { message: 'inner' } },
    });
    logger.error('failed', new Error('why'), { task: 'sweep' }, 'Scheduler');
    expect(last()).toMatchObject({ msg: 'failed', context: 'Scheduler', task: 'sweep', error: { message: 'why' } });
    logger.error('failed', 'Error: why\n  at x.ts', 'Nest');
    expect(last()).toMatchObject({ msg: 'failed', context: 'Nest', stack: 'Error: why\n  at x.ts' });
  });

  it('writes lines for people with business time, class, story and facts', () => {
    const { logger, written } = listen({ format: 'pretty', clock: new FixedClock(Temporal.Instant.from('2020-06-01T00:30:00Z')) });
    const trace = newTrace('service:training');
    withTrace(trace, () => {
      logger.log('swept', { steps: 3 }, 'SweepSteps');
    });
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(
      new RegExp(
        `INFO.*training +2020-06-01T07:30:00\\+07:00 +SweepSteps: swept \\(story ${trace.correlationId.slice(0, 8)}\\).*"steps":3`,
      ),
    );
  });

  it('keeps how Nest wires the application for the debug level', () => {
    const { logger, written } = listen();
    logger.log('AppModule dependencies initialized', 'InstanceLoader');
    expect(written).toEqual([]);
  });

  it('is silent below its level', () => {
    const { logger, written } = listen({ level: 'warn' });
    logger.log('no');
    logger.debug?.('no');
    expect(written).toEqual([]);
  });

  it.each(['json', 'pretty'] as const)('leaks nothing that is planted in text, facts, errors or causes (%s)', (format) => {
    const planted = ['lan.nguyen@sct.example', '0912 345 678', 'Nguyễn Thị Lan', 's3cret-token', 'programme: secret yaml'];
    const { logger, written } = listen({ format });
    const person = { contactId: 'c1', name: planted[2], email: planted[0], phone: planted[1] };
    logger.log(`writing to ${planted[0]} (${planted[1]})`, { person, token: planted[3], payload: { yaml: planted[4] } });
    logger.error(new Error(`550 ${planted[0]} unknown`, { cause: Object.assign(new Error(planted[1]), { person }) }));
    logger.error('stack', `Error: ${planted[0]}\n  at mail.ts`, 'Mailer');
    logger.warn({ recipients: [person] });
    expect(written.length).toBeGreaterThanOrEqual(4);
    for (const secret of planted) expect(written.join('')).not.toContain(secret);
  });

  it("serves Nest's own Logger", () => {
    const { logger, last } = listen();
    Logger.overrideLogger(logger);
    new Logger('AgenciesConsumer').log('heard', { version: 2 });
    expect(last()).toMatchObject({ context: 'AgenciesConsumer', msg: 'heard', version: 2 });
    Logger.overrideLogger(false);
  });
});
