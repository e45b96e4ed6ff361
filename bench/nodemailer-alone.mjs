/* The yardstick: nodemailer with the same pool on the same server, sending the same mail to as many recipients, and nothing else. */
import { createTransport } from 'nodemailer';
import { RenderMail } from '../dist/apps/notifications/src/templates/render-mail.js';
import { sampleMails, samplePeople } from '../dist/apps/notifications/src/templates/samples.js';

const [url, count, connections] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const mail = sampleMails.chasing;
const rendered = new RenderMail().render(
  { ...mail, items: mail.items.slice(0, 1) },
  samplePeople,
  'vi+en',
  'http://127.0.0.1:3000',
  new Map(),
);
const transport = createTransport({ url, pool: true, maxConnections: connections, maxMessages: Infinity });

process.send?.({ ready: true });
await new Promise((resolve) => process.once('message', resolve));
let next = 0;
const sender = async () => {
  while (next < count) {
    const n = next++;
    await transport.sendMail({
      from: 'Đôn đốc <don-doc@hanoi.example>',
      to: { name: `Người số ${n}`, address: `dau-moi-${n}@don-vi.example` },
      ...rendered,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Dondoc-Message': String(n) },
    });
  }
};
await Promise.all(Array.from({ length: connections * 3 }, sender));
transport.close();
process.disconnect?.();
