import type { Problem } from '../http/problem.js';
import { html } from './html.js';
import { letterPage, type Language } from './letter-page.js';

/** What a person reads who meets a refusal on a page of theirs. */
const texts: Readonly<
  Record<Language, Readonly<Record<'gone' | 'missing' | 'wait' | 'later' | 'wrong', readonly [title: string, text: string]>>>
> = {
  vi: {
    gone: [
      'Đường dẫn không còn hiệu lực',
      'Nội dung đã thay đổi hoặc đã hết hạn. Đề nghị mở đường dẫn trong thư mới nhất, hoặc liên hệ cơ quan gửi thư để nhận đường dẫn khác.',
    ],
    missing: ['Không tìm thấy trang', 'Đường dẫn chưa đúng hoặc bị thiếu. Đề nghị mở lại từ thư đã nhận, hoặc liên hệ cơ quan gửi thư.'],
    wait: ['Truy cập quá nhiều lần', 'Có quá nhiều đường dẫn sai từ địa chỉ này. Đề nghị thử lại sau ít phút.'],
    later: ['Hệ thống đang bận', 'Nội dung vừa gửi có thể chưa được ghi nhận. Đề nghị thử lại sau ít phút; gửi lại không gây trùng lặp.'],
    wrong: ['Chưa ghi nhận được', 'Nội dung vừa gửi chưa được ghi nhận.'],
  },
  en: {
    gone: [
      'This link is no longer valid',
      'Something changed, or its time is over. Open the link in the newest mail, or ask whoever wrote to you for another.',
    ],
    missing: ['Page not found', 'The address is wrong or incomplete. Open it from the mail again, or ask whoever wrote to you.'],
    wait: ['Too many attempts', 'Too many wrong links came from this address. Try again in a few minutes.'],
    later: ['The system is busy', 'What you sent may not be on record yet. Try again in a few minutes; sending it again does no harm.'],
    wrong: ['Not recorded', 'What you sent was not recorded.'],
  },
};

function kindOf(status: number): keyof (typeof texts)['vi'] {
  if (status === 404) return 'missing';
  if (status === 410) return 'gone';
  if (status === 429) return 'wait';
  return status >= 500 ? 'later' : 'wrong';
}

/** A refusal as a page for people; what it is in detail where that is theirs to mend. Pure. */
export function problemPage({ status, detail, instance }: Problem, lang: Language): string {
  const kind = kindOf(status);
  const [title, text] = texts[lang][kind];
  return letterPage(
    lang,
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>
      ${kind === 'wrong' ? html`<p lang="en">${detail}</p>` : ''}
      <p><small>${instance}</small></p>`,
  );
}
