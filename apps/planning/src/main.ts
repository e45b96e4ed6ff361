import { loadEnv, serviceEnv } from '#config';
import { bootService } from '#messaging';
import { AppModule } from './app.module.js';

await bootService(AppModule, { service: 'planning', readEnv: () => loadEnv(serviceEnv) });
