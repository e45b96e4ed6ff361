import * as bullmq from 'bullmq';
import * as cronParser from 'cron-parser';
import * as exceljs from 'exceljs';
import * as s3 from '@aws-sdk/client-s3';
import * as express from '@nestjs/platform-express';
import * as fileType from 'file-type';
import * as handlebars from 'handlebars';
import * as helmet from 'helmet';
import * as icalGenerator from 'ical-generator';
import * as ioredis from 'ioredis';
import * as nodeCron from 'node-cron';
import * as nodemailer from 'nodemailer';
import * as pdfmake from 'pdfmake';
import * as pg from 'pg';
import * as pino from 'pino';
import * as promClient from 'prom-client';
import * as readExcelFile from 'read-excel-file/universal';
import * as tinos from '@expo-google-fonts/tinos';
import * as swagger from '@nestjs/swagger';
export const taken = [
  bullmq,
  cronParser,
  exceljs,
  express,
  fileType,
  handlebars,
  helmet,
  icalGenerator,
  ioredis,
  nodeCron,
  nodemailer,
  pdfmake,
  pg,
  pino,
  promClient,
  readExcelFile,
  s3,
  swagger,
  tinos,
];
