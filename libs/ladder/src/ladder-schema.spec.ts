import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ladderSchema } from './ladder.js';

describe('ladder files', () => {
  it('are checked by editors with a schema that says what the parser says (npm run docs)', () => {
    const file = join(import.meta.dirname, '../../../plans/ladders/ladder.schema.json');
    const schema = `${JSON.stringify(z.toJSONSchema(ladderSchema, { io: 'input', target: 'draft-7' }), null, 2)}\n`;
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(file, schema);
    expect(readFileSync(file, 'utf8')).toBe(schema);
  });
});
