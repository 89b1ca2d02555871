import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../../wire/aws-error.js';
import { accept } from '../../members.js';
import type { Operations } from '../../service.js';
import { capabilitiesNeeded } from '../capabilities.js';
import type { Catalog } from '../catalog.js';
import { checkTypes } from '../deployment.js';
import { theStack } from '../records.js';
import { checkReferences } from '../template/references.js';
import { readTemplate, type ParameterDeclaration, type Template } from '../template/template.js';
import { templateBody } from './template-body.js';

const shownDefault = (declared: ParameterDeclaration): string | undefined =>
  declared.Default === undefined ? undefined : String(declared.Default);

const isNoEcho = (declared: ParameterDeclaration): boolean => String(declared.NoEcho) === 'true';

const neededBy = (template: Template) => {
  const { capabilities, reason } = capabilitiesNeeded(template);
  return { Capabilities: [...capabilities], CapabilitiesReason: reason };
};

/** By which property each importable type of the template is named to an import. */
const identifiersIn = (template: Template, catalog: Catalog): CloudFormation.ResourceIdentifierSummary[] => {
  const types = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))];
  return types.flatMap((ResourceType) => {
    const identifier = catalog(ResourceType)?.existing?.identifiedBy;
    const named = Object.entries(template.Resources).filter(([, { Type }]) => Type === ResourceType);
    return identifier === undefined
      ? []
      : [{ ResourceType, LogicalResourceIds: named.map(([name]) => name), ResourceIdentifiers: [identifier] }];
  });
};

/** Questions about templates. */
export const templates = (catalog: Catalog) =>
  ({
    GetTemplate: (input, ctx) => {
      accept('cloudformation.GetTemplate', input, ['StackName', 'ChangeSetName', 'TemplateStage']);
      const StagesAvailable: CloudFormation.TemplateStage[] = ['Original', 'Processed'];
      const stack = theStack(input.StackName, ctx);
      const { ChangeSetName: wanted } = input;
      if (wanted === undefined) return { TemplateBody: stack.deployment?.body ?? '{}', StagesAvailable };
      const changeSet = [...stack.changeSets.values()].find(({ id, name }) => id === wanted || name === wanted);
      if (!changeSet) throw new AwsError('ChangeSetNotFoundException', `ChangeSet [${wanted}] does not exist`);
      return { TemplateBody: changeSet.deployment.body, StagesAvailable };
    },

    GetTemplateSummary: async (input, ctx) => {
      accept('cloudformation.GetTemplateSummary', input, ['TemplateBody', 'TemplateURL', 'StackName', 'TemplateSummaryConfig']);
      const { StackName } = input;
      const stack = StackName === undefined ? undefined : theStack(StackName, ctx);
      const template = readTemplate(await templateBody(stack ? { UsePreviousTemplate: true } : input, stack, ctx));
      checkReferences(template);
      return {
        Parameters: Object.entries(template.Parameters).map(([name, declared]) => ({
          ParameterKey: name,
          DefaultValue: shownDefault(declared),
          ParameterType: declared.Type,
          NoEcho: isNoEcho(declared),
          Description: declared.Description,
          ParameterConstraints: { AllowedValues: (declared.AllowedValues ?? []).map(String) },
        })),
        Description: template.Description,
        ...neededBy(template),
        ResourceIdentifierSummaries: identifiersIn(template, catalog),
        ResourceTypes: [...new Set(Object.values(template.Resources).map(({ Type }) => Type))],
        Version: template.AWSTemplateFormatVersion,
        Metadata: template.Metadata === undefined ? undefined : JSON.stringify(template.Metadata),
        DeclaredTransforms: [],
      };
    },

    ValidateTemplate: async (input, ctx) => {
      accept('cloudformation.ValidateTemplate', input, ['TemplateBody', 'TemplateURL']);
      const template = readTemplate(await templateBody(input, undefined, ctx));
      checkReferences(template);
      checkTypes(template, catalog);
      return {
        Parameters: Object.entries(template.Parameters).map(([name, declared]) => ({
          ParameterKey: name,
          DefaultValue: shownDefault(declared),
          NoEcho: isNoEcho(declared),
          Description: declared.Description,
        })),
        Description: template.Description,
        ...neededBy(template),
        DeclaredTransforms: [],
      };
    },
  }) satisfies Operations<typeof CloudFormation>;
