import { type DynamicModule, Module } from '@nestjs/common';
import type { z } from 'zod';
import { Env, loadEnv } from './env.js';

/** Provides {@link Env} to every module of the process. */
@Module({})
export class ConfigModule {
  /** @param schema `serviceEnv`, `notificationsEnv` or `gatewayEnv`; read when the application starts, not when the file is imported */
  static forService(schema: z.ZodObject): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: Env, useFactory: () => new Env(loadEnv(schema)) }],
      exports: [Env],
    };
  }
}
