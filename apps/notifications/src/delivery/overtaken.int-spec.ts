import { randomUUID } from 'node:crypto';
import { RecipientUnknownError } from './deliver-mail.js';
import { at, chasing, digest, james, lan, NotificationsFixture, owed } from './notifications.int-fixture.js';

let service: NotificationsFixture;

beforeEach(async () => {
  service = await NotificationsFixture.start('2020-06-18T08:00');
});
afterEach(() => service.stop());

const report = owed('Báo cáo tháng');
const sent = () => service.server.mails;

describe('a recipient', () => {
  it('that nobody has told of is waited for, and after a day in vain it is somebody’s matter', async () => {
    const [command, message] = [chasing('chase-1', [report], { contactId: randomUUID() }), service.message()];
    await expect(service.deliver(command, message)).resolves.toBe('2020-06-18T08:00');
    service.clock.advance({ minutes: 20 });
    await expect(service.deliver(command, message)).resolves.toBe('2020-06-18T08:40');
    service.clock.advance({ hours: 24 });
    await expect(service.deliver(command, message)).rejects.toThrow(RecipientUnknownError);
    expect(await service.database.message.count()).toBe(0);
  });

  it('that the agency no longer names is not written to', async () => {
    service.clock.set(at('2020-06-18T03:00'));
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    await service.deliver(command, message);
    await service.database.recipient.update({ where: { id: lan.contactId }, data: { active: false } });
    service.clock.set(at('2020-06-18T07:30'));
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(sent()).toEqual([]);
    expect(await service.row(message)).toMatchObject({ state: 'withdrawn', reason: 'the agency no longer names this contact' });
  });

  it('that reads English is written to in English, and one that reads both in both', async () => {
    await service.deliver(chasing('chase-1', [report], james));
    await service.deliver(digest());
    const [english, both] = sent();
    expect(english?.subject).toMatch(/^\[OCOP 2020\] First chasing: /);
    expect(english?.text).not.toContain('Kính gửi');
    expect(both?.text).toMatch(/Kính gửi: Ông\/Bà Lê Hoàng Châu[^]*To: Lê Hoàng Châu/);
  });
});

describe('a mail that was decided, and overtaken before it left', () => {
  it('is withdrawn when everything in it was settled', async () => {
    service.clock.set(at('2020-06-18T03:00'));
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    await service.deliver(command, message);
    await service.settle([report.obligationId], at('2020-06-18T03:10'));
    service.clock.set(at('2020-06-18T07:30'));
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(sent()).toEqual([]);
    expect(await service.row(message)).toMatchObject({ state: 'withdrawn', reason: 'settled before the mail left', attempts: 0 });
  });

  it('leaves out what was settled, whichever of the two is heard first', async () => {
    const [kept, settled] = [owed('Danh sách tập huấn'), owed('Báo cáo đã nộp')];
    await service.settle([settled.obligationId], at('2020-06-18T07:59'));
    const message = service.message(at('2020-06-18T07:58'));
    await service.deliver(chasing('chase-1', [settled, kept]), message);
    expect(sent()[0]?.text).toContain(kept.title);
    expect(sent()[0]?.text).not.toContain(settled.title);
    expect(sent()[0]?.html).not.toContain(settled.title);
    expect(sent()[0]?.subject).not.toContain(settled.title);
    expect(await service.row(message)).toMatchObject({ state: 'sent', subject: sent()[0]?.subject });
  });

  it('speaks of what was settled before it was decided: then it is owed again', async () => {
    await service.settle([report.obligationId], at('2020-06-17T09:00'));
    await service.deliver(chasing('chase-1', [report]));
    expect(sent()[0]?.text).toContain(report.title);
  });

  it('is withdrawn though its first try was put off', async () => {
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    service.server.trouble = () => ({ kind: 'refuse-recipient', code: 451, message: 'try again later' });
    await service.deliver(command, message);
    await service.settle([report.obligationId], service.clock.now());
    service.clock.advance({ minutes: 1 });
    service.server.trouble = () => undefined;
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(sent()).toEqual([]);
    expect(await service.row(message)).toMatchObject({ state: 'withdrawn' });
  });
});

describe('a newer mail of the same stream', () => {
  const older = async (command = chasing('chase-1', [report])) => {
    service.clock.set(at('2020-06-18T03:00'));
    const message = service.message();
    await service.deliver(command, message);
    service.clock.set(at('2020-06-18T08:00'));
    return { command, message };
  };

  it('makes an older one that has not left pointless', async () => {
    const old = await older();
    await service.deliver(chasing('chase-2', [report, owed('Danh sách')]));
    expect(await service.row(old.message)).toMatchObject({ state: 'superseded', nextAttemptAt: null, attempts: 0 });
    await service.deliver(old.command, old.message);
    expect(sent()).toHaveLength(1);
  });

  it('takes from an older one only what it tells itself', async () => {
    const rest = owed('Danh sách tập huấn');
    const old = await older(chasing('chase-1', [report, rest]));
    await service.deliver(chasing('chase-2', [report]));
    expect(await service.row(old.message)).toMatchObject({ state: 'queued' });
    await service.deliver(old.command, old.message);
    expect(sent()[1]?.text).toContain(rest.title);
    expect(sent()[1]?.text).not.toContain(report.title);
  });

  it('that only informs does not replace one that asks to act', async () => {
    const old = await older();
    await service.deliver(chasing('chase-2', [{ ...report, section: 'copied' }]));
    await service.deliver(old.command, old.message);
    expect(await service.row(old.message)).toMatchObject({ state: 'sent' });
  });

  it('to somebody else, or of another stream, leaves it alone', async () => {
    const old = await older();
    await service.deliver(chasing('chase-2', [report], james));
    await service.deliver({ ...chasing('chase-2', [report]), stream: 'other' });
    await service.deliver({ ...chasing('chase-2', [report]), stream: null });
    expect(await service.row(old.message)).toMatchObject({ state: 'queued' });
  });

  it('that arrives before the older one leaves nothing of it', async () => {
    await service.deliver(chasing('chase-2', [report]));
    const message = service.message(at('2020-06-18T07:50'));
    await service.deliver(chasing('chase-1', [report]), message);
    expect(sent()).toHaveLength(1);
    expect(await service.row(message)).toMatchObject({ state: 'superseded', reason: 'newer mails to the same recipient tell everything' });
  });

  it('replaces a digest as a whole', async () => {
    const old = await older(digest());
    await service.deliver(digest());
    expect(await service.row(old.message)).toMatchObject({ state: 'superseded' });
  });
});
