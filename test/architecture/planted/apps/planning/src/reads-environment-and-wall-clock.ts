export const secret = process.env['SEAL_KEY'];
export const now = new Date();
export const alsoNow = Date.now();
export const later = forwardRef(() => Date);
declare function forwardRef(of: () => unknown): unknown;
