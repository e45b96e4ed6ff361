/*
 * PDFs, made beside the process that needs them: a roster costs half a second of CPU, in which nothing else would be answered. Here is no pdfmake: its code
 * and its typefaces are loaded by the worker thread alone, with the first PDF that is wanted.
 */
import { Worker } from 'node:worker_threads';
import type { CertificateFacts } from './certificate.js';
import { toWire, type Answer, type Order, type Wanted } from './pdf-orders.js';
import type { RosterFacts } from './roster.js';

/** Real milliseconds after which a PDF that is not there is given up, with the thread that makes it. */
const PATIENCE = 60_000;
/** Of the thread; a roster of several hundred people needs a fifth of it. */
const MOST_MEGABYTES = 512;

interface Waiting {
  readonly resolve: (file: Buffer) => void;
  readonly reject: (reason: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Makes PDFs one after the other in a thread of its own, which begins with the first and is begun again after one that it did not survive. It keeps no
 * process alive while it has nothing to do. The same facts are the same bytes.
 */
export class PdfMaker {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private orders = 0;

  /**
   * A class's roster on A4 landscape.
   * @throws Error when it cannot be made, or not within a minute
   */
  roster(facts: RosterFacts): Promise<Buffer> {
    return this.make({ kind: 'roster', facts: toWire(facts) });
  }

  /**
   * A certificate of completion on one page.
   * @throws Error when it cannot be made, or not within a minute
   */
  certificate(facts: CertificateFacts): Promise<Buffer> {
    return this.make({ kind: 'certificate', facts: toWire(facts) });
  }

  /** Ends the thread. What it had not finished is refused; another order would begin it again. */
  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private make(wanted: Wanted): Promise<Buffer> {
    const worker = this.begun();
    const order: Order = { ...wanted, number: (this.orders += 1) };
    return new Promise<Buffer>((resolve, reject) => {
      const timer = setTimeout(() => void worker.terminate(), PATIENCE);
      this.waiting.set(order.number, { resolve, reject, timer });
      worker.ref();
      worker.postMessage(order);
    });
  }

  private begun(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(new URL('./pdf-worker.js', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES } });
    worker.on('message', (answer: Answer) => {
      this.take(answer);
    });
    worker.on('error', (error) => {
      this.ended(worker, error);
    });
    worker.on('exit', (code) => {
      this.ended(worker, new Error(`the thread that makes PDFs ended with ${code}`));
    });
    this.worker = worker;
    return worker;
  }

  private take(answer: Answer): void {
    const waiting = this.waiting.get(answer.number);
    if (!waiting) return;
    this.waiting.delete(answer.number);
    clearTimeout(waiting.timer);
    if (this.waiting.size === 0) this.worker?.unref();
    if ('file' in answer) waiting.resolve(Buffer.from(answer.file.buffer, answer.file.byteOffset, answer.file.byteLength));
    else waiting.reject(new Error(answer.error));
  }

  private ended(worker: Worker, why: Error): void {
    if (this.worker !== worker) return;
    this.worker = null;
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(why);
    }
    this.waiting.clear();
  }
}
