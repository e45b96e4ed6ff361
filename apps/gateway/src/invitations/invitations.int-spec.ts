import { randomUUID } from 'node:crypto';
import { parse } from 'node:querystring';
import request from 'supertest';
import { testStack, type TestStack } from '#testing';
import { startTraining } from '../../../../test/gateway/real-training.js';
import { startGateway } from '../../../../test/gateway/under-test.js';

const PLAN = '22222222-2222-4222-8222-222222222222';

let stack: TestStack;
let gateway: Awaited<ReturnType<typeof startGateway>>;
let training: Awaited<ReturnType<typeof startTraining>>;

beforeAll(async () => {
  stack = await testStack();
  gateway = await startGateway(stack);
  training = await startTraining(stack, '2020-06-01T12:00');
  await training.tell({
    taskId: randomUUID(),
    version: 1,
    plan: {
      planId: PLAN,
      documentNumber: '100/KH-UBND',
      issuedOn: '2020-05-15',
      title: 'Triển khai mô hình chỉ đạo điểm Chương trình Mỗi xã một sản phẩm',
      programme: 'OCOP 2020',
      standingAgency: 'SNNPTNT',
    },
    code: 'T2.4',
    title: 'Mở các lớp tập huấn, bồi dưỡng kiến thức',
    lead: 'SDL',
    window: { from: null, to: null },
    status: 'not-started',
    approved: true,
  });
});
afterAll(async () => {
  await gateway.close();
  await training.close();
  await stack.dispose();
});

async function send(path: string, given: object): Promise<Record<string, unknown>> {
  const { status, body } = await gateway.post(`/api/v1/${path}`).send(given);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as Record<string, unknown>;
}

/** A trainer who is invited to a class, all through the API; the link is the one of the mail. */
async function invited() {
  const code = () => randomUUID().toUpperCase();
  const { institutionId } = await send('institutions', {
    code: code(),
    name: 'Trường Đại học Mẫu',
    nameEn: 'Sample University',
    kind: 'university',
  });
  const person = { fullName: 'Nguyễn <b>Văn</b> Mẫu', title: 'TS', institutionId, specialities: [], email: 'mau@dai-hoc.example' };
  const { trainerId } = await send('trainers', person);
  const { courseId } = await send('courses', {
    code: code(),
    planId: PLAN,
    title: 'Kỹ năng thuyết minh',
    titleEn: 'Guide skills',
    objective: 'Giới thiệu sản phẩm OCOP',
    curriculum: [{ topic: 'Tổng quan về du lịch', periods: 16 }],
    plannedClasses: 5,
    capacity: 70,
    minSize: 30,
    daysPerClass: 2,
    leadAgency: 'SDL',
    windowFrom: null,
    windowTo: null,
  });
  const { venueId } = await send('venues', {
    code: code(),
    name: 'Nhà văn hóa xã Bát Tràng',
    address: 'Xã Bát Tràng',
    district: 'SDL',
    capacity: 100,
  });
  const { classId } = await send('classes', {
    courseId,
    code: code(),
    title: 'Lớp Bát Tràng',
    district: 'SDL',
    venueId,
    firstDay: '2020-07-07',
  });
  await send(`classes/${String(classId)}/trainer`, { trainerId });
  const { body } = await gateway.get(`/api/v1/engagements?classId=${String(classId)}`).expect(200);
  const [{ engagementId, version }] = body.items as [{ engagementId: string; version: number }];
  await send(`engagements/${engagementId}/invite`, { seenVersion: version });
  const mail = (await training.mailsTo(String(trainerId))).at(-1)?.mail;
  if (mail?.template !== 'trainer-invitation') throw new Error('no invitation was written');
  return { classId: String(classId), trainerId: String(trainerId), engagementId, path: `/invitations/${mail.token}` };
}

const get = (path: string) => request(gateway.url).get(path);
const answer = (path: string, fields: object) => request(gateway.url).post(path).type('form').send(fields);
const stateOf = async (engagementId: string, classId: string) => {
  const { body } = await gateway.get(`/api/v1/engagements?classId=${classId}`).expect(200);
  return (body.items as { engagementId: string; state: string }[]).find((one) => one.engagementId === engagementId)?.state;
};

describe('the page that the link of an invitation leads to', () => {
  it('shows the invitation to whoever has the link, in two languages, as text and without a script', async () => {
    const { path } = await invited();
    const { text, headers } = await get(path).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("form-action 'self'"),
    });
    expect(headers['set-cookie']).toBeUndefined();
    for (const part of [
      '<html lang="vi">',
      'name="viewport" content="width=device-width',
      'TS Nguyễn &lt;b&gt;Văn&lt;/b&gt; Mẫu',
      'Nhà văn hóa xã Bát Tràng, Xã Bát Tràng',
      'Buổi 1, ngày 07/07/2020',
      '13:30 - 17:00',
      'Đang chờ trả lời',
      'Đề nghị trả lời trước hết ngày 08/06/2020.',
      '<form method="post">',
      'value="accepted"',
      'value="declined"',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('<script');
    expect(text).not.toContain('mau@dai-hoc.example');
    const english = (await get(`${path}?lang=en&utm_source=mail`).expect(200)).text;
    expect(english).toContain('Please answer by 08/06/2020.');
    expect(english).toContain('Guide skills');
    expect((await get(`${path}?lang=fr`).expect(200)).text).toContain('<html lang="vi">');
  });

  it('changes nothing however often a scanner looks at it', async () => {
    const { path, engagementId, classId } = await invited();
    const before = await training.deeds();
    for (let looked = 0; looked < 3; looked += 1) {
      await get(path).expect(200);
      await get(`${path}?answer=accepted`).expect(200);
      await request(gateway.url).head(path).expect(200);
    }
    for (const method of ['put', 'patch', 'delete', 'options'] as const) await request(gateway.url)[method](path).expect(401);
    expect(await training.deeds()).toEqual(before);
    expect(await stateOf(engagementId, classId)).toBe('invited');
  });

  it('takes an answer, says so, and says when it knew it already', async () => {
    const { path, engagementId, classId } = await invited();
    expect((await answer(path, { answer: 'accepted', reason: '' }).expect(200)).text).toContain('Đã ghi nhận trả lời.');
    const deeds = (await training.deeds()).slice(1);
    const again = (await answer(path, { answer: 'accepted' }).expect(200)).text;
    expect(again).toContain('không có gì thay đổi');
    expect(again).not.toContain('value="accepted"');
    expect((await training.deeds()).slice(1)).toEqual(deeds);
    expect(await stateOf(engagementId, classId)).toBe('accepted');
    const declined = (await answer(`${path}?lang=en`, { answer: 'declined', reason: 'Bận "việc" khác' }).expect(200)).text;
    expect(declined).toContain('Your answer is on record.');
    expect(declined).toContain('You are not asked to teach any session now.');
    expect(declined).not.toContain('<form');
    const late = (await answer(`${path}?lang=en`, { answer: 'accepted' }).expect(200)).text;
    expect(late).toContain('This answer could not be taken.');
    expect(late).toContain('You declined');
    expect(await training.actorsOf(engagementId)).toEqual(['admin proposed', 'admin invited', 'link accepted', 'link declined']);
  });

  it('takes the form of its page and nothing else', async () => {
    const { path, engagementId, classId } = await invited();
    const before = await training.deeds();
    await request(gateway.url).post(path).send({ answer: 'accepted' }).expect(415);
    for (const fields of [{}, { answer: 'perhaps' }, { answer: 'accepted', reason: 'x'.repeat(2001) }]) {
      const { text, headers } = await answer(`${path}?lang=en`, fields).expect(422);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(text).toContain('What you sent was not recorded.');
    }
    await answer(path, { answer: 'accepted', reason: 'x'.repeat(200_000) }).expect(413);
    expect(await training.deeds()).toEqual(before);
    expect(await stateOf(engagementId, classId)).toBe('invited');
  });

  it('says in words that a link is over or wrong, and stops who tries many', async () => {
    const { path, classId } = await invited();
    const { path: other } = await invited();
    await send(`classes/${classId}/postpone`, { decision: '09/TB-SDL', reason: 'Dịch Covid-19', firstDay: '2020-07-14' });
    for (const response of [await get(path), await answer(path, { answer: 'accepted' })]) {
      expect([response.status, response.headers['content-type']]).toEqual([410, 'text/html; charset=utf-8']);
      expect(response.text).toContain('Đường dẫn không còn hiệu lực');
      expect(response.text).not.toContain(parse(path).token ?? path.slice(13));
    }
    const { text } = await get('/invitations/mau-0123456789-abcdef?lang=en').expect(404);
    expect(text).toContain('Page not found');
    // Guessed: 20 wrong ones in a minute, then even a right one has to wait; the API does not.
    const guesses = await Promise.all(Array.from({ length: 20 }, () => get(`/invitations/mau-${randomUUID()}`)));
    expect(guesses.every(({ status }) => status === 404 || status === 429)).toBe(true);
    const { headers, text: wait } = await get(other).expect(429);
    expect([headers['content-type'], Number(headers['retry-after']) > 0]).toEqual(['text/html; charset=utf-8', true]);
    expect(wait).toContain('Truy cập quá nhiều lần');
    await answer(other, { answer: 'accepted' }).expect(429);
    await gateway.get('/api/v1/engagements').expect(200);
  });
});

describe('engagements over HTTP', () => {
  it('are invited, answered by the office, listed; refusals have their status', async () => {
    const { engagementId, classId, trainerId } = await invited();
    await gateway.post(`/api/v1/engagements/${engagementId}/invite`).send({}).expect(409);
    await gateway.post(`/api/v1/engagements/${PLAN}/invite`).send({}).expect(404);
    await gateway.post(`/api/v1/engagements/${engagementId}/answer`).send({ answer: 'accepted' }).expect(422);
    expect(await send(`engagements/${engagementId}/answer`, { answer: 'declined', heard: 'Điện thoại', reason: 'Bận' })).toMatchObject({
      state: 'declined',
      changed: true,
    });
    const { body } = await gateway
      .post(`/api/v1/engagements/${engagementId}/answer`)
      .send({ answer: 'accepted', heard: 'Điện thoại' })
      .expect(409);
    expect(body).toMatchObject({ code: 'answer-final' });
    const list = await gateway.get(`/api/v1/engagements?trainerId=${trainerId}&state=declined`).expect(200);
    expect(list.body.items).toMatchObject([{ engagementId, classId, reason: 'Bận', answeredVia: 'office', sessionIds: [] }]);
    const { body: history } = await gateway.get(`/api/v1/training-history?subject=engagement&subjectId=${engagementId}`);
    expect(JSON.stringify(history)).not.toContain('Bận');
  });
});
