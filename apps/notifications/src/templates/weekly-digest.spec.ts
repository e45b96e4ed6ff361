import { sampleMails, samplePeople } from './samples.js';
import { en } from './texts.en.js';
import { vi } from './texts.vi.js';
import { weeklyDigestLetter } from './weekly-digest.js';

const [digest, calm] = sampleMails['weekly-digest'];
const closingOf = (mail: typeof digest) =>
  weeklyDigestLetter(mail!, { people: samplePeople, language: 'vi+en', publicUrl: 'https://dondoc.example', texts: { vi, en } }).blocks.map(
    ({ closing }) => closing,
  );

describe('the days off of a year in a weekly digest', () => {
  it('are asked for in one line each, by what is known of them, in both languages', () => {
    const [inVietnamese, inEnglish] = closingOf(digest);
    expect(inVietnamese?.slice(-2)).toEqual([
      'Lịch nghỉ năm 2021 chưa có trong hệ thống: đề nghị bổ sung tệp plans/calendar/2021.yaml theo quyết định của Thủ tướng Chính phủ.',
      'Lịch nghỉ năm 2022 trong hệ thống mới là tạm tính: đề nghị cập nhật tệp plans/calendar/2022.yaml theo quyết định của Thủ tướng Chính phủ.',
    ]);
    expect(inEnglish?.slice(-2)).toEqual([
      'The days off of 2021 are not in the system: please have plans/calendar/2021.yaml added from the decision of the Prime Minister.',
      'The days off of 2022 are only assumed in the system: please have plans/calendar/2022.yaml brought up to the decision of the Prime Minister.',
    ]);
  });

  it('are not spoken of when they are there', () => {
    expect(closingOf(calm)).toEqual([['Không có cơ quan nào chậm báo cáo.'], ['No agency is late.']]);
  });
});
