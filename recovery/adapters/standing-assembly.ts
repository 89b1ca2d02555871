import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { Settings } from '../../lib/contract/settings.js';
import { hashOf } from '../model/canonical.js';
import type { PublishedAssembly, StandingAssembly } from '../model/published-assembly.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Aws } from '../ports/aws.js';
import { publishedIam, publishedIn, publishingPlace } from './published-assemblies.js';

/** IAM actions that `standingAssembly` needs. */
export const standingAssemblyIam = ['cloudformation:GetTemplate', ...publishedIam];

/** Which published and tested assembly the alternate's stacks stand by, all of them; undefined: none is published. */
export const standingAssembly = async (settings: Settings, aws: Aws): Promise<StandingAssembly | undefined> => {
  const { name: site, region } = settings.sites.alternate;
  const { assemblies, altered } = await publishedIn(publishingPlace(settings, aws));
  if (assemblies.length === 0 && altered.size === 0) return undefined;
  const ofSite = ({ stacks }: PublishedAssembly) => stacks.filter((stack) => stack.site === site);
  const tested = assemblies.filter((one) => one.tested && ofSite(one).length > 0);
  const names = new Set(tested.flatMap(ofSite).map(({ name }) => name));
  const templates = new Map(
    await Promise.all([...names].map(async (name) => [name, await standingTemplate(aws.cloudformation(region), name)] as const)),
  );
  const differing = (one: PublishedAssembly): string[] =>
    ofSite(one).flatMap(({ name, template }) => (templates.get(name) === template ? [] : [name]));
  const standing = tested.findLast((one) => differing(one).length === 0);
  if (standing) return { digest: standing.digest, because: `tested by ${standing.testedBy ?? '?'}, ${standing.testedAt ?? '?'}` };
  const nearest = tested.at(-1);
  return {
    digest: null,
    because: nearest
      ? `${differing(nearest).join(', ')} in ${region} ${differing(nearest).length === 1 ? 'is' : 'are'} not as in ${nearest.digest}, the newest tested one`
      : `of what is published none was tested: ${[...assemblies.map(({ digest }) => digest), ...[...altered].map(([digest, { message }]) => `${digest}, where ${message}`)].join('; ')}`,
  };
};

/** Digest of the canonical template that a stack stands by; null: there is no such stack, or it was not written by cdk. */
export const standingTemplate = async (cloudFormation: ReturnType<Aws['cloudformation']>, StackName: string): Promise<string | null> => {
  try {
    const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }));
    return hashOf(JSON.parse(TemplateBody));
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof RecoveryError && error.code === 'ValidationError')) return null;
    throw error;
  }
};
