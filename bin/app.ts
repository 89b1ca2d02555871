import { App, Validations } from 'aws-cdk-lib';
import { siteSchema } from '../lib/contract/settings.js';
import { knownResources } from '../lib/portability/known-resources.js';
import { Portability } from '../lib/portability/plugin.js';
import { production } from '../lib/production.js';
import { readSettings, SettingsError } from '../lib/read-settings.js';

const defaultSettings = 'plans/ambassify/settings.yaml';

/** @throws SettingsError for what cannot be the end of a database's name. */
const eventNamed = (given: unknown): string => {
  const { success, data } = siteSchema.shape.databaseGeneration.safeParse(given);
  if (success) return data;
  throw new SettingsError(`-c event=${String(given)} is no event; name the generation that a recovery restored, such as 950af7c1`);
};

const app = new App();
const given: unknown = app.node.tryGetContext('settings');
const settings = typeof given === 'string' ? given : defaultSettings;
try {
  const event: unknown = app.node.tryGetContext('event');
  production(app, readSettings(settings), event === undefined ? undefined : eventNamed(event));
  // `altsite portability` wants the templates of a production that breaks the rules too: it says itself which.
  if (app.node.tryGetContext('portability') !== 'judged-later') Validations.of(app).addPlugins(new Portability(knownResources(settings)));
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
