/* The yardstick: nodemailer with the same pool on the same server, sending the same mail to as many recipients, and nothing else. Warmed up like us. */
import { createTransport } from 'nodemailer';
import { RenderMail } from '../dist/apps/notifications/src/templates/render-mail.js';
import { sampleMails, samplePeople } from '../dist/apps/notifications/src/templates/samples.js';

const [url, count, connections, warmUp] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4]), Number(process.argv[5])];
const rendered = RenderMail.compiled().render(sampleMails.chasing[0], samplePeople, 'vi+en', 'http://127.0.0.1:3000');
const transport = createTransport({ url, pool: true, maxConnections: connections, maxMessages: Infinity });

/** @param {number} mails */
async function send(mails) {
  let next = 0;
  const sender = async () => {
    while (next < mails) {
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
}

await send(warmUp);
process.send?.({ ready: true });
await new Promise((resolve) => process.once('message', resolve));
await send(count);
transport.close();
process.disconnect?.();
