import { App } from 'aws-cdk-lib';
import { production } from '../lib/production.js';
import { readSettings, SettingsError } from '../lib/read-settings.js';

const defaultSettings = 'plans/ambassify/settings.yaml';

const app = new App();
const given: unknown = app.node.tryGetContext('settings');
try {
  production(app, readSettings(typeof given === 'string' ? given : defaultSettings));
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
