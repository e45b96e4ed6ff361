/*
 * The only reader of the environment: every key is declared once, in zod, with its meaning and its remedy.
 * Guarantees: a process with a bad environment does not start and names every bad key, never a value; `.env.example` is made of the same schemas.
 * Not here: files of settings, secrets' storage, anything that changes while a process runs.
 */
export { ClockModule } from './clock.module.js';
export { ConfigModule } from './config.module.js';
export { describeEnv, envExample, type EnvKey } from './describe-env.js';
export { Env, EnvironmentError, loadEnv } from './env.js';
export { gatewayEnv, notificationsEnv, serviceEnv, type GatewayEnv, type NotificationsEnv, type ServiceEnv } from './schemas.js';
