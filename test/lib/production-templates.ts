import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Settings } from '../../lib/contract/settings.js';
import { production } from '../../lib/production.js';
import { readSettings } from '../../lib/read-settings.js';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: readonly string[];
}
export interface TemplateJson {
  readonly Description?: string;
  readonly Parameters?: Record<string, { Type: string; Default?: string; AllowedValues?: readonly string[] }>;
  readonly Conditions?: Record<string, unknown>;
  readonly Resources: Record<string, Resource>;
  readonly Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
}

export const ambassify = readSettings('plans/ambassify/settings.yaml');

/** The context that the CLI hands over from cdk.json: feature flags change templates. */
export const cdkContext = (JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> }).context;

/** Every stack of production by path, such as `Primary/Network`. */
export const synthesise = (settings: Settings = ambassify) => {
  const app = new App({ context: cdkContext });
  production(app, settings);
  const stacks = app.node.findAll().filter((node) => Stack.isStack(node));
  const assembly = app.synth();
  return {
    app,
    assembly,
    stacks: new Map(stacks.map((stack) => [stack.node.path, stack])),
    templates: new Map(stacks.map((stack) => [stack.node.path, assembly.getStackArtifact(stack.artifactId).template as TemplateJson])),
  };
};

/** A stack to put one construct into, and its template when done. */
export const bench = () => {
  const stack = new Stack(new App({ context: cdkContext }), 'Bench', { env: { account: '111122223333', region: 'eu-west-1' } });
  return { stack, template: () => Template.fromStack(stack) };
};

/** Resources of a type in a template, by logical id. */
export const resourcesOf = (template: TemplateJson, type: string): [string, Resource][] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
