import type { App } from 'aws-cdk-lib';
import type { JudgedAssembly } from '../../../lib/portability/judged.js';
import { judgedStacks } from '../../../lib/portability/plugin.js';

/** An app synthesised, as the rules see it. */
export const judgedApp = (app: App): JudgedAssembly => {
  const { stacks, manifest } = app.synth();
  return {
    stacks: judgedStacks(app, new Map(stacks.map(({ hierarchicalId, templateFullPath }) => [hierarchicalId, templateFullPath]))),
    missing: (manifest.missing ?? []).map(({ provider, key }) => `${provider}: ${key}`),
  };
};
