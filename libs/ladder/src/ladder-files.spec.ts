import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadLadders } from './ladder-files.js';

const DEFAULT = join(import.meta.dirname, '../../../plans/ladders/default.yaml');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ladders-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a folder of ladders', () => {
  it('is read by code', () => {
    cpSync(DEFAULT, join(folder, 'default.yaml'));
    expect([...loadLadders(folder).keys()]).toEqual(['default']);
  });

  it('with a ladder in a file of another name is refused, so that no code is there twice', () => {
    cpSync(DEFAULT, join(folder, 'default.yaml'));
    cpSync(DEFAULT, join(folder, 'steep.yaml'));
    expect(() => loadLadders(folder)).toThrow(/steep\.yaml holds the ladder default: name it default\.yaml/);
  });

  it('with a bad file is refused, naming the file', () => {
    writeFileSync(join(folder, 'steep.yaml'), 'code: steep\n');
    expect(() => loadLadders(folder)).toThrow(/steep\.yaml:1:1 title: /);
  });
});
