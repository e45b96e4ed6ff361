import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PdfMaker } from '#documents/pdf';

/** The thread in which this process has its PDFs drawn. It begins with the first of them and ends with the process. */
@Injectable()
export class PdfThread implements OnApplicationShutdown {
  readonly maker = new PdfMaker();

  async onApplicationShutdown(): Promise<void> {
    await this.maker.close();
  }
}
