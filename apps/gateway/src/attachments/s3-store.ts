import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, paginateListObjectsV2, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { AttachmentStore, Stored } from './store.js';

/** Real milliseconds. */
const CONNECT = 5_000;
const SILENCE = 30_000;
const uuid = z.uuid();

export interface S3Options {
  /** `s3://bucket?endpoint=https://host:port&region=name` */
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Objects of one bucket of any S3-compatible service, addressed by path. */
export class S3Store implements AttachmentStore {
  private readonly bucket: string;
  private readonly client: S3Client;

  constructor({ url, accessKeyId, secretAccessKey }: S3Options) {
    const { hostname, searchParams } = new URL(url);
    this.bucket = hostname;
    this.client = new S3Client({
      endpoint: searchParams.get('endpoint') ?? '',
      region: searchParams.get('region') ?? 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      requestHandler: { connectionTimeout: CONNECT, socketTimeout: SILENCE },
      // Newer checksums are not understood by every compatible service; our own digest is checked whenever a file is read.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async keep(id: string, path: string): Promise<void> {
    const { size } = await stat(path);
    await this.client.send(new PutObjectCommand({ ...this.at(id), Body: createReadStream(path), ContentLength: size }));
  }

  async open(id: string): Promise<Readable | undefined> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand(this.at(id)));
      return Body instanceof Readable ? Body : undefined;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.at(id)));
  }

  async *list(): AsyncGenerator<Stored> {
    for await (const page of paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket })) {
      for (const { Key, LastModified } of page.Contents ?? []) {
        if (LastModified && uuid.safeParse(Key).success) yield { id: String(Key), storedAt: LastModified.getTime() };
      }
    }
  }

  private at(id: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: uuid.parse(id).toLowerCase() };
  }
}
