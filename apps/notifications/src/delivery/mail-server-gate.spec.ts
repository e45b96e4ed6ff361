import { Logger } from '@nestjs/common';
import { eventually } from '#testing';
import { Mailer, type Handover, type OutgoingMail } from '../mail/mailer.js';
import { MailServerGate } from './mail-server-gate.js';

const AWAY: Handover = { kind: 'retry', answer: 'connect ECONNREFUSED', reached: false };
const SILENT: Handover = { kind: 'unknown', answer: 'timeout' };
const BUSY: Handover = { kind: 'retry', answer: '451 later', reached: true };
const SENT: Handover = { kind: 'sent', answer: '250 ok' };
const REFUSED: Handover = { kind: 'refused', answer: '550 no', status: '550', address: true };

const mail: OutgoingMail = {
  to: { name: '', address: 'lan@sct.example' },
  subject: 'Báo cáo',
  html: '',
  text: '',
  mailId: '1@hanoi.example',
  date: new Date(0),
  headers: {},
};

/** A mail server whose moods the test decides. */
class MoodyMailer extends Mailer {
  there = false;
  knocks = 0;

  constructor(private readonly moods: Handover[]) {
    super();
  }

  send(): Promise<Handover> {
    return Promise.resolve(this.moods.shift() ?? SENT);
  }

  reachable(): Promise<boolean> {
    this.knocks += 1;
    return Promise.resolve(this.there);
  }
}

let gate: MailServerGate;
const gateOver = (mailer: Mailer, places = 2, knocks = { first: 1, ceiling: 4 }) => (gate = new MailServerGate(mailer, places, knocks));
const sendAll = async (count: number) => {
  for (let sent = 0; sent < count; sent++) await gate.send(mail);
};

beforeAll(() => {
  Logger.overrideLogger(false);
});
afterEach(() => {
  gate.onApplicationShutdown();
});

describe('the gate', () => {
  it.each([
    ['unreachable', [AWAY, AWAY, AWAY]],
    ['silent after the data', [SILENT, SILENT, SILENT]],
    ['one after the other', [AWAY, SILENT, AWAY]],
  ])('shuts after three failures in a row: %s', async (_, moods) => {
    gateOver(new MoodyMailer([...moods]));
    await sendAll(2);
    expect(gate.shutFor).toBe(0);
    await sendAll(1);
    expect(gate.shutFor).toBeGreaterThanOrEqual(100);
  });

  it.each([
    ['took a mail', SENT],
    ['refused a mail', REFUSED],
    ['put a mail off', BUSY],
  ])('stays open for a server that %s in between', async (_, answer) => {
    gateOver(new MoodyMailer([AWAY, AWAY, answer, AWAY, AWAY, answer]));
    await sendAll(6);
    expect(gate.shutFor).toBe(0);
  });

  it('opens once the server answers a knock, and counts failures anew', async () => {
    const mailer = new MoodyMailer([AWAY, AWAY, AWAY, AWAY, AWAY]);
    gateOver(mailer);
    await sendAll(3);
    await eventually(() => mailer.knocks >= 3);
    expect(gate.shutFor).toBeGreaterThan(0);
    mailer.there = true;
    await eventually(() => gate.shutFor === 0);
    await sendAll(2);
    expect(gate.shutFor).toBe(0);
  });

  it('knocks without a mail, and does so no more once it was shut down', async () => {
    const moods = [AWAY, AWAY, AWAY, SENT];
    const mailer = new MoodyMailer(moods);
    gateOver(mailer);
    await sendAll(3);
    await eventually(() => mailer.knocks >= 2);
    expect(moods).toEqual([SENT]);
    gate.onApplicationShutdown();
    const { knocks } = mailer;
    mailer.there = true;
    await expect(eventually(() => mailer.knocks > knocks || gate.shutFor === 0, { within: 100, every: 5 })).rejects.toThrow('not within');
  });

  it('says for how long it will be shut', async () => {
    gateOver(new MoodyMailer([AWAY, AWAY, AWAY]), 2, { first: 60_000, ceiling: 60_000 });
    await sendAll(3);
    expect(gate.shutFor).toBeGreaterThan(59_000);
    expect(gate.shutFor).toBeLessThanOrEqual(60_000);
  });
});

describe('the places at the gate', () => {
  /** Work that ends when the test says so. */
  const works = (count: number) => {
    const started: number[] = [];
    const ends: ((failure?: Error) => void)[] = [];
    const ended = Array.from({ length: count }, (_, index) =>
      gate.enter(() => {
        started.push(index);
        return new Promise<number>((resolve, reject) => {
          ends[index] = (failure) => {
            if (failure) reject(failure);
            else resolve(index);
          };
        });
      }),
    );
    return { started, ends, ended };
  };

  it('are so many, and taken first come first served', async () => {
    gateOver(new MoodyMailer([]), 2);
    const { started, ends, ended } = works(5);
    expect(started).toEqual([0, 1]);
    ends[1]?.();
    await ended[1];
    await eventually(() => started.length === 3);
    ends[0]?.();
    await ended[0];
    await eventually(() => started.length === 4);
    ends[2]?.();
    ends[3]?.();
    await eventually(() => started.length === 5);
    ends[4]?.();
    expect(await Promise.all(ended)).toEqual([0, 1, 2, 3, 4]);
    expect(started).toEqual([0, 1, 2, 3, 4]);
  });

  it('are free again after work that failed', async () => {
    gateOver(new MoodyMailer([]), 1);
    const { started, ends, ended } = works(2);
    ends[0]?.(new Error('the database is away'));
    await expect(ended[0]).rejects.toThrow('the database is away');
    await eventually(() => started.length === 2);
    ends[1]?.();
    await ended[1];
    await expect(gate.enter(() => Promise.resolve('in'))).resolves.toBe('in');
  });
});
