/** The plan that samples of mails speak of. */
export const samplePlan = {
  documentNumber: '100/KH-UBND',
  issuedOn: '2020-05-15',
  title: 'Triển khai mô hình chỉ đạo điểm Chương trình Mỗi xã một sản phẩm thành phố Hà Nội năm 2020',
  programme: 'OCOP 2020',
};
