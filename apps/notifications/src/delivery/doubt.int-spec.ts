import { eventually } from '#testing';
import { MailLedger } from './mail-ledger.js';
import { at, chasing, NotificationsFixture, owed } from './notifications.int-fixture.js';

let service: NotificationsFixture;

beforeEach(async () => {
  service = await NotificationsFixture.start('2020-06-18T08:00', 800);
});
afterEach(() => service.stop());

const report = owed('Báo cáo tháng');
const sent = () => service.server.mails;

describe('a process that ended between the claim and the answer', () => {
  const interrupted = async (command = chasing('chase-1', [report])) => {
    service.clock.set(at('2020-06-18T03:00'));
    const message = service.message();
    await service.deliver(command, message);
    service.clock.set(at('2020-06-18T08:00'));
    await service.get(MailLedger).claim({ id: message.id, mail: command.mail });
    expect(await service.row(message)).toMatchObject({ state: 'sending', attempts: 1 });
    return { command, message };
  };

  it('leaves a mail in doubt, which is not sent again', async () => {
    const { command, message } = await interrupted();
    await expect(service.deliver(command, message)).resolves.toBeNull();
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(sent()).toEqual([]);
    expect(await service.row(message)).toMatchObject({ state: 'unknown', nextAttemptAt: null, attempts: 1 });
    expect(await service.outcomes(message)).toEqual(['interrupted']);
  });

  it('leaves an escalation in doubt, which is sent once more and marked', async () => {
    const { command, message } = await interrupted(chasing('escalated-standing', [{ ...report, section: 'escalated' }]));
    await expect(service.deliver(command, message)).resolves.toBe('2020-06-18T08:30');
    expect(await service.row(message)).toMatchObject({ state: 'unknown', nextAttemptAt: '2020-06-18T08:30' });
    service.clock.set(at('2020-06-18T08:30'));
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(sent().map((mail) => [mail.messageId, mail.subject?.startsWith('(Gửi lại) ')])).toEqual([
      [`<${message.id}@hanoi.example>`, true],
    ]);
    expect(await service.outcomes(message)).toEqual(['interrupted', 'sent']);
  });
});

describe('a mail server that falls silent after the data', () => {
  const silent = () => {
    service.server.trouble = () => ({ kind: 'silent-after-data' });
  };
  const calm = () => {
    service.server.trouble = () => undefined;
  };
  const escalation = () => chasing('escalated-city', [{ ...report, section: 'escalated' }]);

  it('leaves a mail in doubt, on record and not sent again', async () => {
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    silent();
    await expect(service.deliver(command, message)).resolves.toBeNull();
    calm();
    for (const days of [1, 2]) {
      service.clock.set(at('2020-06-18T08:00').add({ hours: 24 * days }));
      await expect(service.deliver(command, message)).resolves.toBeNull();
    }
    expect(sent()).toEqual([]);
    expect(await service.row(message)).toMatchObject({ state: 'unknown', attempts: 1, nextAttemptAt: null, sentAt: null });
    expect((await service.row(message)).reason).toContain('may have arrived');
    expect(await service.outcomes(message)).toEqual(['unknown']);
    expect(await service.refusals()).toEqual([]);
  });

  it('leaves an escalation in doubt, which is sent once more, marked and under the same Message-ID', async () => {
    const [command, message] = [escalation(), service.message()];
    silent();
    await expect(service.deliver(command, message)).resolves.toBe('2020-06-18T08:30');
    await expect(service.deliver(command, message)).resolves.toBe('2020-06-18T08:30');
    calm();
    service.clock.set(at('2020-06-18T08:30'));
    await service.deliver(command, message);
    await service.deliver(command, message);
    expect(sent().map((mail) => [mail.messageId, mail.subject?.startsWith('(Gửi lại) ')])).toEqual([
      [`<${message.id}@hanoi.example>`, true],
    ]);
    expect(await service.row(message)).toMatchObject({ state: 'sent', attempts: 2, subject: sent()[0]?.subject });
    expect(await service.outcomes(message)).toEqual(['unknown', 'sent']);
  });

  it('twice leaves an escalation in doubt for good', async () => {
    const [command, message] = [escalation(), service.message()];
    silent();
    await service.deliver(command, message);
    service.clock.set(at('2020-06-18T08:30'));
    await expect(service.deliver(command, message)).resolves.toBeNull();
    calm();
    service.clock.set(at('2020-06-19T08:30'));
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(sent()).toEqual([]);
    expect(await service.row(message)).toMatchObject({ state: 'unknown', attempts: 2, nextAttemptAt: null });
  });

  it('leaves an escalation in doubt that was settled meanwhile, and is not repeated', async () => {
    const [command, message] = [escalation(), service.message()];
    silent();
    await service.deliver(command, message);
    calm();
    await service.settle([report.obligationId], at('2020-06-18T08:10'));
    service.clock.set(at('2020-06-18T08:30'));
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(sent()).toEqual([]);
    expect(await service.row(message)).toMatchObject({ state: 'unknown', attempts: 1, nextAttemptAt: null });
  });

  it('three times lets the others wait unclaimed until it answers', async () => {
    silent();
    for (let mail = 1; mail <= 3; mail++) await service.deliver(chasing('chase-1', [owed('Báo cáo')]));
    calm();
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    await expect(service.deliver(command, message)).resolves.toBe('2020-06-18T08:00');
    expect(sent()).toEqual([]);
    expect(await service.row(message)).toMatchObject({ state: 'queued', attempts: 0 });
    await eventually(async () => (await service.deliver(command, message)) === null);
    expect(await service.row(message)).toMatchObject({ state: 'sent', attempts: 1 });
  });
});

describe('a delivery that was given up as in doubt, and is answered after all', () => {
  it('is corrected when the answer is final', async () => {
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    let answer = (): void => undefined;
    const until = new Promise<void>((resolve) => (answer = resolve));
    service.server.trouble = () => ({ kind: 'slow-after-data', until });
    const first = service.deliver(command, message);
    await eventually(async () => (await service.database.message.count({ where: { state: 'sending' } })) === 1);
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(await service.row(message)).toMatchObject({ state: 'unknown' });
    answer();
    await first;
    expect(sent()).toHaveLength(1);
    expect(await service.row(message)).toMatchObject({ state: 'sent', attempts: 1, reason: null });
    expect(await service.outcomes(message)).toEqual(['sent']);
  });
});
