import { Stack, Validations } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';

export interface NagFinding {
  /** With the finding's own part where a rule has several: `AwsSolutions-IAM5[Resource::*]`. */
  readonly rule: string;
  readonly path: string;
  readonly message: string;
}
export interface Acknowledgement {
  readonly rule: string;
  readonly path: string;
  readonly reason: string;
}

/** AWS Solutions has to be clean; the others are reported. */
const packs = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks];

/** What cdk-nag's packs find in an app that has been synthesised, AWS Solutions first, without what has been acknowledged. */
export const nagFindings = (app: App): { pack: string; findings: NagFinding[] }[] =>
  packs.map((Pack) => {
    const pack = new Pack(app);
    const findings = pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, description, violatingResources = [] }) =>
        violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath ?? '', message: description })),
      );
    return { pack: pack.readPackName, findings };
  });

/** Every rule that some construct of the app acknowledges, and why. */
export const acknowledgements = (app: App): Acknowledgement[] =>
  app.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) =>
        Object.entries(data as Record<string, string>).map(([id, reason]) => ({
          rule: id.replace(/^\w+::/, ''),
          path: construct.node.path,
          reason,
        })),
      ),
  );

/** Names of the app's stages, in its own order. */
export const stagesOf = (app: App): string[] => [
  ...new Set(app.node.findAll().flatMap((node) => (Stack.isStack(node) ? [node.node.path.split('/')[0] ?? ''] : []))),
];
