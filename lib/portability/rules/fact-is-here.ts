import { isSiteStack, type JudgedAssembly, type JudgedStack, type Rule } from '../judged.js';
import { resourcesOf, texts, told, walk } from '../walk.js';

/** Names of parameters and secrets that the assembly's stacks make in a region, or replicate to it. */
const madeIn = ({ stacks }: JudgedAssembly, region: string): ReadonlySet<string> =>
  new Set(
    stacks.flatMap((stack) =>
      resourcesOf(stack).flatMap(({ resource: { Type, Properties = {} } }) => {
        const { Name, ReplicaRegions } = Properties;
        const isOne = Type === 'AWS::SSM::Parameter' || Type === 'AWS::SecretsManager::Secret';
        if (!isOne || typeof Name !== 'string') return [];
        const replicated = [...walk(ReplicaRegions)].some(({ value }) => value === region);
        return stack.region === region || replicated ? [Name] : [];
      }),
    ),
  );

/** What CloudFormation looks up by name while it deploys. */
const lookedUp = (stack: JudgedStack): { path: string; name: string }[] => [
  ...Object.entries(stack.template.Parameters ?? {}).flatMap(([id, { Type, Default }]) =>
    Type.startsWith('AWS::SSM::Parameter::Value') ? [{ path: `${stack.path}/${id}`, name: String(Default) }] : [],
  ),
  ...[...texts(stack)].flatMap(({ path, text }) =>
    [...text.matchAll(/\{\{resolve:(?:ssm|ssm-secure|secretsmanager):((?:arn:[^:}]+:[^:}]*:[^:}]*:[^:}]*:[^:}]+:)?[^:}]+)/g)].map(
      ([, name = '']) => ({
        path,
        name: name.replace(/^arn:.*:(?:secret|parameter):?/, ''),
      }),
    ),
  ),
];

export const factIsHere: Rule = {
  id: 'fact-is-here',
  summary: 'what a stack looks up by name while it is deployed is made in its own region by this production, or replicated to it',
  why: 'what people once put into the primary by hand is not there when the alternate is deployed, and nobody finds out before the disaster',
  find: (stack, assembly) => {
    if (!isSiteStack(stack)) return [];
    const here = madeIn(assembly, stack.region);
    return told(
      lookedUp(stack)
        // Wherever anything can be deployed, `cdk bootstrap` has made its own.
        .filter(({ name }) => !here.has(name) && !name.startsWith('/cdk-bootstrap/'))
        .map(({ path, name }) => ({ path, reason: `looks up ${name}, which no stack makes in ${stack.region}` })),
    );
  },
};
