import { html, type Html } from './html.js';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

const other = { vi: { lang: 'en', label: 'English' }, en: { lang: 'vi', label: 'Tiếng Việt' } } as const;
const product = { vi: 'Đôn đốc', en: 'Đôn Đốc' } as const;

const STYLE = html`<style>
  :root {
    color-scheme: light dark;
  }
  body {
    margin: 0 auto;
    max-width: 42rem;
    padding: 1rem;
    font:
      1.0625rem/1.5 'Segoe UI',
      Roboto,
      'Helvetica Neue',
      Arial,
      sans-serif;
  }
  header {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
    border-bottom: 1px solid;
    padding-bottom: 0.5rem;
  }
  h1 {
    font-size: 1.4rem;
    line-height: 1.3;
  }
  h2 {
    font-size: 1.1rem;
    margin-top: 2rem;
  }
  dt {
    font-weight: 600;
  }
  dd {
    margin: 0 0 0.5rem;
  }
  .wide {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th,
  td {
    text-align: left;
    vertical-align: top;
    padding: 0.35rem 0.75rem 0.35rem 0;
    border-bottom: 1px solid #8886;
  }
  .notice {
    border-left: 4px solid light-dark(#1a6e3c, #8fd8a8);
    padding-left: 0.75rem;
    font-weight: 600;
  }
  textarea {
    box-sizing: border-box;
    width: 100%;
    font: inherit;
  }
  button {
    font: inherit;
    min-height: 2.75rem;
    padding: 0.5rem 1.25rem;
    margin: 0.75rem 0.75rem 0 0;
  }
</style>`;

/** The frame of a page that one person opens from a mail: nothing in it leads further into the system, and nothing in it is a script. Pure. */
export function letterPage(lang: Language, title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${STYLE}
      </head>
      <body>
        <header>
          <span>${product[lang]}</span><a href="?lang=${other[lang].lang}" lang="${other[lang].lang}">${other[lang].label}</a>
        </header>
        <main>${body}</main>
      </body>
    </html>`.markup;
}
