import type { IForbiddenRuleType } from 'dependency-cruiser';

export declare function forbidden(): IForbiddenRuleType[];
export declare function eslintBorders(): unknown[];
