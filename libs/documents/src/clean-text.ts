// eslint-disable-next-line no-control-regex -- these are what must not get in
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Composed (NFC), so that a search finds what a keyboard types, and without the control characters that XML and readers of PDF cannot carry. */
export function cleanText(text: string): string {
  return text.normalize('NFC').replace(CONTROL, '');
}
