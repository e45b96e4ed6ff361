import { Batcher } from './batcher.js';

describe('a batcher', () => {
  it('sends calls that were made together in one flush, and answers each its own', async () => {
    const flushes: number[][] = [];
    const batcher = new Batcher<number, number>((items) => {
      flushes.push([...items]);
      return Promise.resolve(items.map((item) => item * 2));
    });
    await expect(Promise.all([1, 2, 3].map((item) => batcher.add(item)))).resolves.toEqual([2, 4, 6]);
    expect(flushes).toEqual([[1, 2, 3]]);
  });

  it('lets calls wait for the flush before them, up to the limit', async () => {
    const sizes: number[] = [];
    const batcher = new Batcher<number, number>((items) => {
      sizes.push(items.length);
      return Promise.resolve(items);
    }, 2);
    await Promise.all([1, 2, 3, 4, 5].map((item) => batcher.add(item)));
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('fails each call of a failed flush, and none of the next', async () => {
    let broken = true;
    const batcher = new Batcher<number, number>((items) => (broken ? Promise.reject(new Error('away')) : Promise.resolve(items)));
    const outcomes = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    broken = false;
    await expect(batcher.add(3)).resolves.toBe(3);
  });

  it('tells a flush that forgot an item', async () => {
    await expect(new Batcher<number, number>(() => Promise.resolve([])).add(1)).rejects.toThrow('answered 0 results');
  });
});
