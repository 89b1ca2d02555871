import { backupIsCopied } from './rules/backup-is-copied.js';
import { databaseHasNoGeneratedLogin, databaseHasNoOrigin, databaseIsNamed, databaseIsRetained } from './rules/databases.js';
import { eventRules } from './rules/event-stacks.js';
import { factIsHere } from './rules/fact-is-here.js';
import { fixedEnvironment } from './rules/fixed-environment.js';
import { imageByDigest, imageOfThisRegion } from './rules/images.js';
import { noArnOfAnotherAccount } from './rules/no-arn-of-another-account.js';
import { noArnOfAnotherRegion } from './rules/no-arn-of-another-region.js';
import { noCrossRegionExport } from './rules/no-cross-region-export.js';
import { noCrossRegionImport } from './rules/no-cross-region-import.js';
import { noCustomResource } from './rules/no-custom-resource.js';
import { noHardCodedMachineImage } from './rules/no-hard-coded-machine-image.js';
import { noHardCodedZone } from './rules/no-hard-coded-zone.js';
import { noLookup } from './rules/no-lookup.js';
import { noStackOutput } from './rules/no-stack-output.js';
import { secretIsReplicated } from './rules/secret-is-replicated.js';
import { statefulIdsStay, type StatefulResources } from './rules/stateful-ids-stay.js';
import { withinLimits } from './rules/within-limits.js';
import type { Finding, JudgedAssembly, JudgedStack, Rule } from './judged.js';

/** What a production that can be replicated keeps to; `known` are the stateful resources that are deployed. */
export const rulesFor = (known: StatefulResources): readonly Rule[] => [
  noCrossRegionImport,
  noStackOutput,
  noCrossRegionExport,
  noCustomResource,
  noHardCodedZone,
  noHardCodedMachineImage,
  noArnOfAnotherRegion,
  noArnOfAnotherAccount,
  ...eventRules,
  statefulIdsStay(known),
  databaseHasNoOrigin,
  databaseIsNamed,
  databaseIsRetained,
  databaseHasNoGeneratedLogin,
  factIsHere,
  secretIsReplicated,
  backupIsCopied,
  imageByDigest,
  imageOfThisRegion,
  withinLimits,
  fixedEnvironment,
  noLookup,
];

/** What of a stack breaks which rule. */
export const judge = (stack: JudgedStack, assembly: JudgedAssembly, rules: readonly Rule[]): Finding[] =>
  rules.flatMap((rule) => rule.find(stack, assembly).map((found) => ({ rule: rule.id, ...found })));
