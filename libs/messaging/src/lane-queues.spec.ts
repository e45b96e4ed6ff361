import { lanes, type Lane } from '#contracts';
import { jobOptions } from './lane-queues.js';

const all = Object.keys(lanes) as Lane[];

describe('what is kept of a message', () => {
  it.each(all.filter((lane) => !lane.endsWith('.queries')))('%s keeps what failed until somebody decides', (lane) => {
    expect(jobOptions(lane, 'an-id')).toMatchObject({ jobId: 'an-id', attempts: lanes[lane].attempts, removeOnFail: false });
  });

  it.each(all.filter((lane) => lane.endsWith('.queries')))(
    '%s forgets what failed as what was answered: the asker has been told',
    (lane) => {
      const { age, count } = jobOptions(lane, 'an-id').removeOnFail as { age: number; count: number };
      expect({ age, count }).toEqual({ age: lanes[lane].keep.seconds, count: lanes[lane].keep.count });
      expect(age).toBeLessThanOrEqual(60);
    },
  );
});
