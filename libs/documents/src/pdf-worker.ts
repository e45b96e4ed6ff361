/* The thread that makes PDFs, one after the other (see pdf-maker.ts). */
import { parentPort } from 'node:worker_threads';
import { certificatePdf } from './certificate.js';
import { certificateFactsOf, rosterFactsOf, type Answer, type Order } from './pdf-orders.js';
import { rosterPdf } from './roster-pdf.js';

let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (order: Order) => {
  last = last.then(() => answer(order));
});

async function answer(order: Order): Promise<void> {
  try {
    const file = new Uint8Array(await drawn(order));
    parentPort?.postMessage({ number: order.number, file } satisfies Answer, [file.buffer]);
  } catch (cause) {
    parentPort?.postMessage({ number: order.number, error: cause instanceof Error ? cause.message : String(cause) } satisfies Answer);
  }
}

function drawn(order: Order): Promise<Buffer> {
  switch (order.kind) {
    case 'roster':
      return rosterPdf(rosterFactsOf(order.facts));
    case 'certificate':
      return certificatePdf(certificateFactsOf(order.facts));
  }
}
