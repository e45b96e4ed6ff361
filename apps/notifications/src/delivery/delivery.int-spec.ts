import { MailLedger } from './mail-ledger.js';
import { at, chasing, chau, james, lan, NotificationsFixture, owed } from './notifications.int-fixture.js';

let service: NotificationsFixture;

beforeEach(async () => {
  service = await NotificationsFixture.start('2020-06-18T08:00');
});
afterEach(() => service.stop());

const report = owed('Báo cáo tháng');
const sent = () => service.server.mails;
const put = (code: number, message: string, kind: 'refuse-recipient' | 'refuse-data' = 'refuse-recipient') => {
  service.server.trouble = () => ({ kind, code, message });
};
const calm = () => {
  service.server.trouble = () => undefined;
};

describe('a mail', () => {
  it('leaves once, with its Message-ID, the date of the business clock and the ids that explain it', async () => {
    const message = service.message();
    await expect(service.deliver(chasing('chase-1', [report]), message)).resolves.toBeNull();
    const [mail, ...more] = sent();
    expect(more).toEqual([]);
    expect(mail?.messageId).toBe(`<${message.id}@hanoi.example>`);
    expect(mail?.date?.toISOString()).toBe('2020-06-18T01:00:00.000Z');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.headers.get('x-dondoc-correlation')).toBe(message.correlationId);
    expect(mail?.headers.get('x-dondoc-message')).toBe(message.id);
    expect(mail?.to).toMatchObject({ value: [{ name: lan.name, address: lan.email }] });
    expect(mail?.text).toContain(`Đầu mối giải đáp: Ông/Bà ${chau.name}`);
    expect(await service.row(message)).toMatchObject({
      state: 'sent',
      sentAt: new Date('2020-06-18T01:00:00Z'),
      attempts: 1,
      agencyCode: 'SCT',
      subject: mail?.subject,
      mailId: `${message.id}@hanoi.example`,
    });
    expect(await service.outcomes(message)).toEqual(['sent']);
  });

  it('is not sent again when its message comes again', async () => {
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    for (let delivery = 1; delivery <= 3; delivery++) await service.deliver(command, message);
    expect(sent()).toHaveLength(1);
    expect(await service.outcomes(message)).toEqual(['sent']);
  });

  it('is not sent again by another message with the same business key', async () => {
    const command = chasing('chase-1', [report]);
    await service.deliver(command);
    const other = service.message();
    await expect(service.deliver(command, other)).resolves.toBeNull();
    expect(sent()).toHaveLength(1);
    expect(await service.database.message.count()).toBe(1);
  });

  it('is sent once though its message is in twenty hands at once', async () => {
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    await Promise.all(Array.from({ length: 20 }, () => service.deliver(command, message)));
    expect(sent()).toHaveLength(1);
    expect(await service.row(message)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('is sent once though twenty messages bring it at once', async () => {
    const command = chasing('chase-1', [report]);
    await Promise.all(Array.from({ length: 20 }, () => service.deliver(command)));
    expect(sent()).toHaveLength(1);
    expect(await service.database.message.findMany()).toMatchObject([{ state: 'sent', attempts: 1 }]);
  });

  it('is not held up by others at the same moment', async () => {
    const commands = Array.from({ length: 30 }, (_, index) =>
      chasing('chase-1', [owed(`Báo cáo ${String(index)}`)], index % 2 ? lan : chau),
    );
    const messages = commands.map(() => service.message());
    await Promise.all(commands.map((command, index) => service.deliver(command, messages[index])));
    expect(
      sent()
        .map((mail) => mail.messageId)
        .sort(),
    ).toEqual(messages.map(({ id }) => `<${id}@hanoi.example>`).sort());
    expect(await service.database.message.count({ where: { state: 'sent' } })).toBe(30);
  });
});

describe('outside office hours', () => {
  it.each([
    ['at night', '2020-06-18T03:00', '2020-06-18T07:30'],
    ['in the evening', '2020-06-18T17:00', '2020-06-19T07:30'],
    ['at the weekend', '2020-06-19T23:00', '2020-06-22T07:30'],
    ['on a public holiday', '2020-09-02T10:00', '2020-09-03T07:30'],
  ])('a mail waits %s, on record', async (_, now, opening) => {
    service.clock.set(at(now));
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    await expect(service.deliver(command, message)).resolves.toBe(opening);
    expect(sent()).toEqual([]);
    expect(await service.row(message)).toMatchObject({ state: 'queued', attempts: 0, nextAttemptAt: opening });
    service.clock.set(at(opening));
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(sent()).toHaveLength(1);
    expect(sent()[0]?.date?.getTime()).toBe(at(opening).epochMilliseconds);
  });
});

it('a mail whose turn comes after hours is not claimed', async () => {
  service.clock.set(at('2020-06-18T06:00'));
  const [command, message] = [chasing('chase-1', [report]), service.message()];
  await service.deliver(command, message);
  service.clock.set(at('2020-06-18T17:00'));
  await expect(service.get(MailLedger).claim({ id: message.id, mail: command.mail })).resolves.toBe('after-hours');
  expect(await service.row(message)).toMatchObject({ state: 'queued', attempts: 0 });
});

describe('a mail server that puts a mail off', () => {
  it('is tried again after a pause, under the same Message-ID', async () => {
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    put(451, 'try again later');
    await expect(service.deliver(command, message)).resolves.toBe('2020-06-18T08:01');
    expect(await service.row(message)).toMatchObject({ state: 'queued', attempts: 1, nextAttemptAt: '2020-06-18T08:01', sentAt: null });
    await expect(service.deliver(command, message)).resolves.toBe('2020-06-18T08:01');
    expect(await service.outcomes(message)).toEqual(['retry']);
    service.clock.advance({ minutes: 1 });
    put(452, 'mailbox full for now', 'refuse-data');
    await expect(service.deliver(command, message)).resolves.toBe('2020-06-18T08:06');
    service.clock.advance({ minutes: 5 });
    calm();
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(sent().map((mail) => mail.messageId)).toEqual([`<${message.id}@hanoi.example>`]);
    expect(sent()[0]?.subject).not.toContain('Gửi lại');
    expect(await service.row(message)).toMatchObject({ state: 'sent', attempts: 3, nextAttemptAt: null, reason: null });
    expect(await service.outcomes(message)).toEqual(['retry', 'retry', 'sent']);
    expect(await service.refusals()).toEqual([]);
  });

  it('is given up on after a day of it', async () => {
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    put(451, 'try again later');
    let tries = 0;
    for (let next = await service.deliver(command, message); next; next = await service.deliver(command, message)) {
      tries += 1;
      service.clock.set(at(next));
    }
    expect(tries).toBe(8);
    expect(await service.row(message)).toMatchObject({ state: 'failed', attempts: 9, reason: expect.stringContaining('451') });
    expect(await service.refusals()).toEqual([]);
  });
});

describe('a mail server that refuses for good', () => {
  it('an address: the mail has failed, and planning hears of the address', async () => {
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    put(550, '5.1.1 <lan@sct.example>: no such mailbox');
    await expect(service.deliver(command, message)).resolves.toBeNull();
    const row = await service.row(message);
    expect(row).toMatchObject({ state: 'failed', attempts: 1, nextAttemptAt: null, reason: expect.stringContaining('5.1.1') });
    expect(row.reason).not.toContain(lan.email);
    expect(await service.refusals()).toMatchObject([
      {
        correlationId: message.correlationId,
        causationId: message.id,
        payload: {
          messageId: message.id,
          contactId: lan.contactId,
          obligationIds: [report.obligationId],
          status: '5.1.1',
          at: '2020-06-18T01:00:00Z',
        },
      },
    ]);
    calm();
    await service.deliver(command, message);
    expect(sent()).toEqual([]);
    expect(await service.refusals()).toHaveLength(1);
  });

  it('several addresses at once: each is told of in the story of its own mail', async () => {
    const commands = [lan, james, chau].map((to) => chasing('chase-1', [owed('Báo cáo')], to));
    const messages = commands.map(() => service.message());
    put(550, '5.1.1 no such mailbox');
    await Promise.all(commands.map((command, index) => service.deliver(command, messages[index])));
    const stories = (await service.refusals()).map(({ correlationId, causationId, payload }) => [
      payload.messageId,
      correlationId,
      causationId,
    ]);
    expect(stories.sort()).toEqual(messages.map(({ id, correlationId }) => [id, correlationId, id]).sort());
  });

  it('the mail itself: it has failed, and nobody is told that the address is wrong', async () => {
    const message = service.message();
    put(554, '5.7.1 looks like spam', 'refuse-data');
    await expect(service.deliver(chasing('chase-1', [report]), message)).resolves.toBeNull();
    expect(await service.row(message)).toMatchObject({ state: 'failed', reason: expect.stringContaining('5.7.1') });
    expect(await service.refusals()).toEqual([]);
  });
});
