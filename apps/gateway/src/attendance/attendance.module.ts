import { Module } from '@nestjs/common';
import { AttendancePagesController } from './attendance-pages.controller.js';
import { AttendanceSheetsController } from './attendance-sheets.controller.js';
import { AttendanceController } from './attendance.controller.js';

@Module({ controllers: [AttendanceController, AttendanceSheetsController, AttendancePagesController] })
export class AttendanceModule {}
