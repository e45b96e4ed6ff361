import { loadEnv, notificationsEnv } from '#config';
import { bootService } from '#messaging';
import { AppModule } from './app.module.js';

await bootService(AppModule, { service: 'notifications', readEnv: () => loadEnv(notificationsEnv) });
