import fc from 'fast-check';
import { figures as figuresShape, reportForm, type Figures } from '#contracts';
import { figureFaults, sumFigures } from './form.js';

const form = reportForm().parse([
  { code: 'classes', label: 'Lớp', labelEn: 'Classes', kind: 'number', integer: true, min: 0, max: 50, required: true, sum: true },
  { code: 'spending', label: 'Kinh phí', labelEn: 'Spending', kind: 'number', unit: 'triệu đồng', min: 0, sum: true },
  { code: 'share', label: 'Tỷ lệ', labelEn: 'Share', kind: 'number' },
  { code: 'obstacles', label: 'Khó khăn', labelEn: 'Obstacles', kind: 'text' },
  {
    code: 'models',
    label: 'Mô hình',
    labelEn: 'Models',
    kind: 'table',
    maxRows: 2,
    columns: [
      { code: 'name', label: 'Tên', labelEn: 'Name', kind: 'text', required: true },
      { code: 'sales', label: 'Doanh thu', labelEn: 'Sales', kind: 'number', sum: true },
    ],
  },
]);
const said = (figures: Figures, completeness: 'draft' | 'whole' = 'whole') =>
  figureFaults(form, figures, completeness).map(({ path, message }) => `${path}: ${message}`);

describe('figures', () => {
  it('that fit have no faults: only what is required has to be there', () => {
    expect(said({ classes: 3 })).toEqual([]);
    expect(
      said({ classes: 0, spending: 12.345678, share: -1, obstacles: 'Mưa', models: [{ name: 'A', sales: 1 }, { name: 'B' }] }),
    ).toEqual([]);
  });

  it.each<[string, Figures, string]>([
    ['a number as text', { classes: '3' }, 'classes: is a number'],
    ['a part of a whole', { classes: 1.5 }, 'classes: is a whole number'],
    ['too little', { classes: -1 }, 'classes: is at least 0'],
    ['too much', { classes: 51 }, 'classes: is at most 50'],
    ['what is required, left out', {}, 'classes: is required'],
    ['what is required, empty', { classes: null }, 'classes: is required'],
    ['text as a number', { classes: 1, obstacles: 3 }, 'obstacles: is text'],
    ['a table as text', { classes: 1, models: 'A' }, 'models: is a table: give a list of rows'],
    ['a number as a table', { classes: [{ name: 'A' }] }, 'classes: is a number'],
    [
      'more rows than there may be',
      { classes: 1, models: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] },
      'models: has 3 rows, and 2 are the most',
    ],
    ['a row without what is required', { classes: 1, models: [{ name: 'A' }, { sales: 2 }] }, 'models.1.name: is required'],
    ['a cell of the wrong kind', { classes: 1, models: [{ name: 'A', sales: 'x' }] }, 'models.0.sales: is a number'],
    ['an unknown column', { classes: 1, models: [{ name: 'A', sale: 1 }] }, 'models.0.sale: is not in the form; known: name, sales'],
    ['an unknown field', { classes: 1, clases: 1 }, 'clases: is not in the form; known: classes, spending, share, obstacles, models'],
    ['more decimals than are kept', { classes: 1, spending: 0.1234567 }, 'spending: has more than 6 decimals'],
    ['a number that is not exact any more', { classes: 1, spending: 2e15 }, 'spending: is beyond 1000000000000000: choose a greater unit'],
  ])('are told each fault at its place: %s', (_, figures, fault) => {
    expect(said(figures)).toEqual([fault]);
  });

  it('are told all their faults at once', () => {
    expect(said({ classes: 1.5, spending: -1, models: [{ sales: 'x' }] })).toHaveLength(4);
  });

  it('of a draft may leave out what is required, and nothing else', () => {
    expect(said({}, 'draft')).toEqual([]);
    expect(said({ models: [{ sales: 1 }] }, 'draft')).toEqual([]);
    expect(said({ classes: 'x' }, 'draft')).toEqual(['classes: is a number']);
  });

  it('are not taken by a report without a form', () => {
    expect(figureFaults([], { classes: 1 }, 'whole')).toEqual([{ path: 'classes', message: 'this report takes no figures' }]);
    expect(figureFaults([], {}, 'whole')).toEqual([]);
  });
});

describe('sums', () => {
  it('add up what is marked, in decimals and over the rows of tables, and nothing else', () => {
    const many: Figures[] = [
      {
        classes: 1,
        spending: 0.1,
        share: 5,
        obstacles: 'x',
        models: [
          { name: 'A', sales: 0.7 },
          { name: 'B', sales: 0.1 },
        ],
      },
      {
        classes: 2,
        spending: 0.2,
        models: [
          { name: 'C', sales: 0.1 },
          { name: 'D', sales: null },
        ],
      },
      { classes: 3 },
    ];
    expect(sumFigures(form, many)).toEqual({ classes: 6, spending: 0.3, models: [{ sales: 0.9 }] });
    expect(sumFigures(form, [])).toEqual({ classes: 0, spending: 0, models: [{ sales: 0 }] });
  });

  it('leave out what an older form asked for otherwise', () => {
    expect(sumFigures(form, [{ classes: 'ba', models: 4 }, { classes: 2 }])).toEqual({ classes: 2, spending: 0, models: [{ sales: 0 }] });
  });

  it('take small and great numbers as they are written', () => {
    expect(sumFigures(form, [{ spending: 0.000001 }, { spending: 1e-6 }, { spending: 1e9 }])).toMatchObject({
      spending: 1_000_000_000.000002,
    });
    expect(sumFigures(form, [{ spending: -0.5 }, { spending: 0.25 }])).toMatchObject({ spending: -0.25 });
  });

  it('are exact to the last decimal, whatever is added in whatever order', () => {
    const amounts = fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(amounts, (millionths) => {
        const total = sumFigures(
          form,
          millionths.map((one) => ({ spending: one / 1_000_000 })),
        );
        const sum = millionths.reduce((all, one) => all + one, 0);
        expect(total['spending']).toBe(sum / 1_000_000);
        expect(
          sumFigures(
            form,
            millionths.reverse().map((one) => ({ spending: one / 1_000_000 })),
          ),
        ).toEqual(total);
      }),
    );
  });
});

describe('a form', () => {
  const faults = (fields: unknown) =>
    reportForm()
      .safeParse(fields)
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  const field = { label: 'x', labelEn: 'x' };

  it('has every code once, and a min that is not above its max', () => {
    expect(
      faults([
        { ...field, code: 'a', kind: 'number', min: 2, max: 1 },
        { ...field, code: 'a', kind: 'text' },
        {
          ...field,
          code: 't',
          kind: 'table',
          columns: [
            { ...field, code: 'a', kind: 'text' },
            { ...field, code: 'a', kind: 'text' },
          ],
        },
      ]),
    ).toEqual(['0.max: is less than min', '1.code: "a" is used twice', '2.columns.1.code: "a" is used twice']);
  });

  it('asks of each kind only what that kind has', () => {
    expect(faults([{ ...field, code: 'a', kind: 'text', sum: true }])).toHaveLength(1);
    expect(faults([{ ...field, code: 'a', kind: 'table' }])).toHaveLength(1);
    expect(faults([{ ...field, code: 'a', kind: 'date' }])).toHaveLength(1);
  });

  it('takes text as people type it', () => {
    expect(figuresShape().parse({ obstacles: '  mưa  ' })).toEqual({ obstacles: 'mưa' });
  });
});
