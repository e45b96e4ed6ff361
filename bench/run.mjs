/*
 * npm run bench: rates side by side in one run, because machines differ and absolute figures travel badly.
 *   npm run bench -- --mails 20000 --due 20000 --largest 1000000
 */
import { parseArgs } from 'node:util';
import { benchPipeline } from './pipeline.mjs';
import { benchSweep } from './sweep.mjs';

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '20000' },
    due: { type: 'string', default: '20000' },
    largest: { type: 'string', default: '1000000' },
    'pipeline-only': { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});
const print = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

if (!values['pipeline-only']) {
  const sweeps = await benchSweep({ due: Number(values.due), sizes: [100_000, Number(values.largest)] });
  print(`sweep, ${values.due} steps due`);
  for (const { open, milliseconds, rate } of sweeps) print(`  among ${open} open obligations: ${milliseconds} ms, ${rate} steps/s`);
  const [small, large] = sweeps;
  if (small && large) print(`  sweep ratio ${(large.milliseconds / small.milliseconds).toFixed(2)}`);
}
const pipeline = await benchPipeline(Number(values.mails));
print(`pipeline, ${values.mails} steps due at one moment, one mail each`);
print(`  nodemailer alone: ${pipeline.alone} mails/s (before ${pipeline.before}, after ${pipeline.after})`);
print(`  due step to mail accepted: ${pipeline.whole} mails/s`);
for (const note of pipeline.notes) print(note);
print(`pipeline ratio ${pipeline.ratio.toFixed(2)}`);
