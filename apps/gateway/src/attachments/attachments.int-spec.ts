import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import type { INestMicroservice } from '@nestjs/common';
import type { Response } from 'supertest';
import { ATTACHMENT_LIMIT } from '#contracts';
import { eventually, testStack, type TestStack } from '#testing';
import { docx, jpeg, pdf, pdfOf, sha256, WORD } from '../../../../test/attachments/files.js';
import { temporaryFolder } from '../../../../test/attachments/stores.js';
import { startPlanning } from '../../../../test/gateway/real-planning.js';
import { startGateway, TOKEN } from '../../../../test/gateway/under-test.js';

const PLAN = readFileSync(join(import.meta.dirname, '../../../../plans/100-kh-ubnd-2020.yaml'), 'utf8');
const NOWHERE = '11111111-1111-4111-8111-111111111111';
const NAME = 'Phụ lục số liệu – Đông Anh.pdf';

let stack: TestStack;
let gateway: Awaited<ReturnType<typeof startGateway>>;
let planning: INestMicroservice;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
/** Reports that nobody has used yet. */
let reports: string[];

beforeAll(async () => {
  stack = await testStack();
  folder = await temporaryFolder();
  gateway = await startGateway(stack, { ATTACHMENTS_DIR: folder.path });
  planning = await startPlanning(stack);
  await gateway.post('/api/v1/plans/import?fileName=plan.yaml').set('Content-Type', 'application/yaml').send(PLAN).expect(200);
  const list = await gateway.get('/api/v1/reports?limit=100').expect(200);
  reports = (list.body.items as { reportId: string; state: string }[]).filter(({ state }) => state === 'draft').map((one) => one.reportId);
});
afterAll(async () => {
  await gateway.close();
  await planning.close();
  await stack.dispose();
  await folder.dispose();
});

interface Named {
  attachmentId: string;
}

const aReport = () => reports.shift() ?? 'no report is left';
const address = (subjectId: string, fileName = NAME) =>
  `/api/v1/attachments?subject=report&subjectId=${subjectId}&fileName=${encodeURIComponent(fileName)}`;
const attach = (subjectId: string, bytes: Buffer, more: { fileName?: string; key?: string; type?: string } = {}) => {
  const post = gateway.post(address(subjectId, more.fileName)).set('Content-Type', more.type ?? 'application/octet-stream');
  return (more.key === undefined ? post : post.set('Idempotency-Key', more.key)).send(bytes);
};
const listed = async (subjectId: string) =>
  (await gateway.get(`/api/v1/attachments?subject=report&subjectId=${subjectId}`).expect(200)).body.items as Named[];
const download = (id: string) =>
  gateway
    .get(`/api/v1/attachments/${id}/content`)
    .buffer(true)
    .parse((response, done) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        done(null, Buffer.concat(pieces));
      });
      response.on('aborted', () => {
        done(new Error('aborted'), undefined);
      });
    });
/** Names of all files of the store and of those that are arriving. */
const files = async (): Promise<string[]> =>
  (await readdir(folder.path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);
const place = (id: string) => join(folder.path, 'kept', id.slice(0, 2), id.slice(2, 4), id);
/** The code of a refusal that left nothing behind. */
async function refusal(request: PromiseLike<Response>, status: number): Promise<unknown> {
  const before = await files();
  const { status: got, body, headers } = await request;
  expect({ status: got, body }).toMatchObject({ status, body: { status } });
  expect(headers['content-type']).toContain('application/problem+json');
  expect((await files()).sort()).toEqual(before.sort());
  return body.code;
}

describe('a file', () => {
  it('is kept, listed and given back byte by byte under its own name', async () => {
    const [report, bytes] = [aReport(), docx()];
    const added = await attach(report, bytes, { fileName: 'Tờ trình "số 1" – Đông Anh.docx' }).expect(200);
    expect(added.body).toMatchObject({
      subject: 'report',
      subjectId: report,
      fileName: 'Tờ trình "số 1" – Đông Anh.docx',
      mediaType: WORD,
      size: bytes.length,
      sha256: sha256(bytes),
      scan: 'not-scanned',
      addedBy: 'admin',
      removedAt: null,
    });
    const { attachmentId } = added.body as Named;
    expect(await listed(report)).toEqual([added.body]);
    expect((await gateway.get(`/api/v1/attachments/${attachmentId}`).expect(200)).body).toEqual(added.body);

    const { headers, body } = await download(attachmentId).expect(200);
    expect((body as Buffer).equals(bytes)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': WORD,
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      etag: `"${sha256(bytes)}"`,
    });
    expect(headers['content-disposition']).toBe(
      `attachment; filename="To-trinh-so-1-Dong-Anh.docx"; filename*=UTF-8''T%E1%BB%9D%20tr%C3%ACnh%20%22s%E1%BB%91%201%22%20%E2%80%93%20%C4%90%C3%B4ng%20Anh.docx`,
    );
    await gateway.get(`/api/v1/attachments/${attachmentId}/content`).set('If-None-Match', headers['etag']!).expect(304);
    expect(await readFile(place(attachmentId))).toEqual(bytes);
  });

  it('may be sent in pieces without a length, and its name is composed', async () => {
    const report = aReport();
    const sent = httpRequest(`${gateway.url}${address(report, NAME.normalize('NFD'))}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/pdf' },
    });
    const bytes = pdfOf(300_000);
    for (let at = 0; at < bytes.length; at += 50_000) sent.write(bytes.subarray(at, at + 50_000));
    sent.end();
    const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(await listed(report)).toEqual([expect.objectContaining({ fileName: NAME.normalize('NFC'), sha256: sha256(bytes) })]);
  });

  it('sent again under its key is one attachment; another file under the same key is refused', async () => {
    const [report, key] = [aReport(), randomUUID()];
    const [first, second] = await Promise.all([attach(report, pdf('một'), { key }), attach(report, pdf('một'), { key })]);
    const third = await attach(report, pdf('một'), { key });
    expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
    expect([second.body, third.body]).toEqual([first.body, first.body]);
    expect(await refusal(attach(report, pdf('hai'), { key }), 422)).toBe('idempotency-key-reused');
    expect(((await download((first.body as Named).attachmentId).expect(200)).body as Buffer).equals(pdf('một'))).toBe(true);
    expect(await listed(report)).toHaveLength(1);
  });

  it('of the same content at the same report is the attachment that is there, and its bytes are kept once', async () => {
    const report = aReport();
    const first = await attach(report, pdf('cùng')).expect(200);
    const before = await files();
    const again = await attach(report, pdf('cùng'), { fileName: 'Tên khác.pdf' }).expect(200);
    expect(again.body).toEqual(first.body);
    expect((await files()).sort()).toEqual(before.sort());
  });

  it('is removed from the list, once, and its bytes stay for the record', async () => {
    const report = aReport();
    const { attachmentId } = (await attach(report, pdf('nhầm')).expect(200)).body as Named;
    const remove = () => gateway.post(`/api/v1/attachments/${attachmentId}/remove`).send({ reason: 'Gửi nhầm' });
    expect((await remove().expect(200)).body).toMatchObject({ attachmentId, removedBy: 'admin' });
    expect((await remove().expect(409)).body).toMatchObject({ code: 'attachment-removed' });
    expect(await listed(report)).toEqual([]);
    expect((await gateway.get(`/api/v1/attachments/${attachmentId}/content`).expect(404)).body).toMatchObject({
      code: 'attachment-not-found',
    });
    expect(await readFile(place(attachmentId))).toEqual(pdf('nhầm'));
    await gateway.post(`/api/v1/attachments/${attachmentId}/remove`).send({}).expect(422);
  });

  it('never arrives when its bytes are broken or lost in the store', async () => {
    const report = aReport();
    const { attachmentId } = (await attach(report, pdfOf(400_000)).expect(200)).body as Named;
    const broken = pdfOf(400_000);
    broken[399_000] = 0;
    await writeFile(place(attachmentId), broken);
    await expect(download(attachmentId)).rejects.toThrow();
    await truncate(place(attachmentId), 1000);
    await expect(download(attachmentId)).rejects.toThrow();
    await gateway.get('/health/live').expect(200);
    const { rm } = await import('node:fs/promises');
    await rm(place(attachmentId));
    expect((await gateway.get(`/api/v1/attachments/${attachmentId}/content`).expect(500)).body).toMatchObject({ code: 'attachment-lost' });
  });
});

describe('a file is refused and nothing of it is kept', () => {
  it('when it is too large, whether its length is told or not', async () => {
    const report = aReport();
    expect(await refusal(attach(report, pdfOf(ATTACHMENT_LIMIT + 1)), 413)).toBe('file-too-large');
    const sent = httpRequest(`${gateway.url}${address(report)}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/pdf', 'Transfer-Encoding': 'chunked' },
    });
    const before = await files();
    sent.end(pdfOf(ATTACHMENT_LIMIT + 1));
    const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    response.resume();
    expect(response.statusCode).toBe(413);
    expect((await files()).sort()).toEqual(before.sort());
  });

  it('when its sender goes away', async () => {
    const before = await files();
    const sent = httpRequest(`${gateway.url}${address(aReport())}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/pdf', 'Content-Length': '100000' },
    });
    sent.on('error', () => undefined);
    sent.write(pdf());
    await eventually(async () => (await files()).length > before.length, { within: 5_000, describe: () => 'the file begins to arrive' });
    sent.destroy();
    await eventually(async () => (await files()).length === before.length, { within: 5_000, describe: () => 'what had arrived is gone' });
    expect((await files()).sort()).toEqual(before.sort());
  });

  it.each<[string, Buffer, string, string]>([
    ['nothing', Buffer.alloc(0), 'a.pdf', 'file-empty'],
    ['of no known type', Buffer.from('<!doctype html>'), 'a.pdf', 'file-type-not-allowed'],
    ['another than its name says', jpeg(), 'a.pdf', 'file-type-mismatch'],
    ['encrypted', pdf('x', '/Encrypt 5 0 R'), 'a.pdf', 'file-encrypted'],
  ])('when it is %s', async (_what, bytes, fileName, code) => {
    expect(await refusal(attach(aReportAgain(), bytes, { fileName }), 422)).toBe(code);
  });

  it.each(['../a.pdf', 'a/b.pdf', 'a\\b.pdf', 'a\nb.pdf', 'a\u202efdp.exe', '..', ' ', 'x'.repeat(201)])(
    'when its name is %j',
    async (fileName) => {
      expect(await refusal(attach(aReportAgain(), pdf(), { fileName }), 422)).toBe('invalid-request');
    },
  );

  it('when it comes as another kind of body', async () => {
    const report = aReportAgain();
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/html', 'application/x-www-form-urlencoded'])
      expect(await refusal(attach(report, pdf(), { type }), 415)).toBe('unsupported-media-type');
    const packed = gateway.post(address(report)).set('Content-Type', 'application/pdf').set('Content-Encoding', 'gzip').send(pdf());
    expect(await refusal(packed, 415)).toBe('unsupported-encoding');
  });

  it('when planning knows no such thing, or the thing was handed in', async () => {
    expect(await refusal(attach(NOWHERE, pdf()), 404)).toBe('report-not-found');
    const report = aReport();
    await gateway.post(`/api/v1/reports/${report}/submit`).send({}).expect(200);
    expect(await refusal(attach(report, pdf()), 409)).toBe('not-editable');
  });

  it('while files are not taken anywhere else', async () => {
    const other = gateway.post(`/api/v1/reports/${aReportAgain()}/submit`).set('Content-Type', 'application/pdf').send(pdf());
    expect(await refusal(other, 415)).toBe('unsupported-media-type');
  });

  it('when the store takes none', async () => {
    const elsewhere = await temporaryFolder();
    const service = await startGateway(stack, {
      ATTACHMENTS_DIR: elsewhere.path,
      ATTACHMENTS_URL: 's3://nowhere?endpoint=http://127.0.0.1:1&region=x',
      S3_ACCESS_KEY_ID: 'x',
      S3_SECRET_ACCESS_KEY: 'x',
    });
    const report = aReportAgain();
    const answer = await service.post(address(report)).set('Content-Type', 'application/pdf').send(pdf('kho')).expect(503);
    expect(answer.body).toMatchObject({ code: 'store-unavailable' });
    expect(answer.headers['retry-after']).toBe('30');
    expect(await readdir(join(elsewhere.path, 'incoming'))).toEqual([]);
    expect((await listed(report)).length).toBe(0);
    await service.close();
    await elsewhere.dispose();
  });
});

/** A report to which nothing is added. */
function aReportAgain(): string {
  return reports.at(-1) ?? 'no report is left';
}

describe('20 files of 20 MB at once', () => {
  it('need no memory for what they are, and one of them takes less than 2 seconds', async () => {
    const [report, bytes] = [aReport(), pdfOf(ATTACHMENT_LIMIT)];
    const started = performance.now();
    await attach(report, bytes).expect(200);
    expect(performance.now() - started).toBeLessThan(2_000);

    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 20);
    const answers = await Promise.all(Array.from({ length: 20 }, () => upload(report, bytes)));
    clearInterval(watch);
    expect(answers).toEqual(Array(20).fill(200));
    // Sender and receiver are this process.
    expect((most - before) / 1e6).toBeLessThan(80);
    expect(await listed(report)).toHaveLength(1);
  }, 60_000);
});

/** Sends as fast as the other end reads. */
async function upload(report: string, bytes: Buffer): Promise<number | undefined> {
  const sent = httpRequest(`${gateway.url}${address(report)}`, {
    method: 'POST',
    agent: false,
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/pdf' },
  });
  const response = once(sent, 'response') as Promise<[NodeJS.ReadableStream & { statusCode?: number }]>;
  for (let at = 0; at < bytes.length; at += 65_536) {
    if (!sent.write(bytes.subarray(at, at + 65_536))) await once(sent, 'drain');
  }
  sent.end();
  const [answer] = await response;
  answer.resume();
  return answer.statusCode;
}
