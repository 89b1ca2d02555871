import { readFileSync } from 'node:fs';
import { CfnElement, Stack, Token } from 'aws-cdk-lib';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { judge, rulesFor } from './index.js';
import type { JudgedStack, Template } from './judged.js';
import type { StatefulResources } from './rules/stateful-ids-stay.js';

/** Fails `cdk synth` of a production that could not be replicated, with construct path and reason. */
export class Portability implements IPolicyValidationPlugin {
  readonly name = 'altsite portability';

  constructor(private readonly known: StatefulResources) {}

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const templates = new Map(context.stackTemplates.map(({ stackConstructPath, templatePath }) => [stackConstructPath, templatePath]));
    const assembly = { stacks: judgedStacks(context.appConstruct, templates), missing: [] };
    const rules = rulesFor(this.known);
    const found = assembly.stacks.flatMap((stack) => judge(stack, assembly, rules));
    return {
      success: found.length === 0,
      violations: found.map(({ rule, path, reason }) => ({
        ruleName: rule,
        description: reason,
        fix: rules.find(({ id }) => id === rule)?.summary ?? '',
        violatingResources: [{ constructPath: path, locations: [] }],
      })),
    };
  }
}

/** The stacks of an app that has been synthesised, as the rules see them; `templates` are files by the stacks' paths. */
export const judgedStacks = (app: IConstruct, templates: ReadonlyMap<string, string>): JudgedStack[] =>
  app.node
    .findAll()
    .filter((node) => Stack.isStack(node))
    .map((stack) => {
      const elements = stack.node.findAll().filter((node) => CfnElement.isCfnElement(node));
      const paths = new Map(elements.map((element) => [String(stack.resolve(element.logicalId)), element.node.path]));
      return {
        path: stack.node.path,
        name: stack.stackName,
        account: Token.isUnresolved(stack.account) ? '' : stack.account,
        region: Token.isUnresolved(stack.region) ? '' : stack.region,
        tags: stack.tags.tagValues(),
        template: JSON.parse(readFileSync(templates.get(stack.node.path) ?? '', 'utf8')) as Template,
        pathOf: (logicalId) => paths.get(logicalId) ?? `${stack.node.path}/${logicalId}`,
      };
    });
