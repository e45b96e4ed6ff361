export interface SeedSources {
  readonly readme: string;
  readonly reasons: string;
  readonly tests: readonly { readonly file: string; readonly source: string }[];
}
export declare function seedSources(root: string): SeedSources;
export declare function seedTable(sources: SeedSources): { page: string; faults: string[] };
