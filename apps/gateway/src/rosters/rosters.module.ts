import { Module } from '@nestjs/common';
import { RosterFiles } from './roster-files.js';
import { RosterPagesController } from './roster-pages.controller.js';
import { RostersController } from './rosters.controller.js';

@Module({ controllers: [RostersController, RosterPagesController], providers: [RosterFiles] })
export class RostersModule {}
