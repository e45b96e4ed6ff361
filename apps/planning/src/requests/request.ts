/** Codes of reports that are asked for once: CD (chuyên đề) a thematic one, DX (đột xuất) an ad-hoc one. No plan file may use them. */
export const ASKED_FOR_ONCE = /^(CD|DX)-\d{4}-\d{3,}$/;
