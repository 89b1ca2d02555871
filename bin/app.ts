import { App, Validations } from 'aws-cdk-lib';
import { knownResources } from '../lib/portability/known-resources.js';
import { Portability } from '../lib/portability/plugin.js';
import { production } from '../lib/production.js';
import { readSettings, SettingsError } from '../lib/read-settings.js';

const defaultSettings = 'plans/ambassify/settings.yaml';

const app = new App();
const given: unknown = app.node.tryGetContext('settings');
const settings = typeof given === 'string' ? given : defaultSettings;
try {
  production(app, readSettings(settings));
  // `altsite portability` wants the templates of a production that breaks the rules too: it says itself which.
  if (app.node.tryGetContext('portability') !== 'judged-later') Validations.of(app).addPlugins(new Portability(knownResources(settings)));
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
