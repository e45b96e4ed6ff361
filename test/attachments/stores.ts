import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

/** A folder that is gone after the test. */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'dondoc-attachments-'));
  return { path, dispose: () => rm(path, { recursive: true, force: true }) };
}

/** An S3-compatible service with one bucket, and what the gateway must know of it. */
export async function s3Service(bucket = 'tep-dinh-kem') {
  const folder = await temporaryFolder();
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder.path,
    configureBuckets: [{ name: bucket }],
  });
  const { port } = await server.run();
  return {
    url: `s3://${bucket}?endpoint=http://127.0.0.1:${port}&region=us-east-1`,
    // The only ones that it knows.
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    /** Connections that clients keep open would keep it. */
    stop: () => {
      server.httpServer.closeAllConnections();
      return server.close();
    },
    dispose: folder.dispose,
  };
}
