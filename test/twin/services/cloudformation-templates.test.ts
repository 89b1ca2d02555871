import { expect, test } from '@jest/globals';
import type { Service } from '../../../twin/services/service.js';
import { AwsError } from '../../../twin/wire/aws-error.js';
import { templateOf, worldOfThings } from '../../helpers/things.js';

const parameters: Record<string, { Value: string; Type?: string }> = {
  '/site/size': { Value: '7' },
  '/site/names': { Value: 'a, b' },
  '/site/password': { Value: 'hunter2', Type: 'SecureString' },
};
const secretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf';

/** What CloudFormation asks of other services while it reads a template. */
const neighbours = [
  {
    id: 'ssm',
    operations: {
      GetParameters: ({ Names }: { Names: string[] }) => ({
        Parameters: Names.flatMap((Name) => (parameters[Name] ? [{ Name, ...parameters[Name] }] : [])),
      }),
      GetParameter: ({ Name }: { Name: string }) => ({ Parameter: { Name, ...parameters[Name] } }),
    },
  },
  {
    id: 'secrets-manager',
    operations: {
      GetSecretValue: ({ SecretId }: { SecretId: string }) => {
        if (SecretId !== secretArn) throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
        return { SecretString: JSON.stringify({ password: 'pa:ss', port: 5432 }) };
      },
    },
  },
  {
    id: 'ec2',
    operations: { DescribeAvailabilityZones: () => ({ AvailabilityZones: [{ ZoneName: 'eu-west-1b' }, { ZoneName: 'eu-west-1a' }] }) },
  },
  {
    id: 's3',
    operations: {
      GetObject: ({ Bucket, Key }: { Bucket: string; Key: string }) => {
        if (Bucket !== 'assets' || Key !== 'a b/site.json') throw new AwsError('NoSuchKey', 'The specified key does not exist.');
        return { Body: new TextEncoder().encode(JSON.stringify(templateOf({ FromS3: {} }))) };
      },
    },
  },
].map((service) => ({ reach: 'regional', sdk: async () => ({}), ...service }) as unknown as Service);

/** The properties a thing gets when a template gives it `Value`. */
const valueOf = async (value: unknown, rest: object = {}, more: object = {}): Promise<unknown> => {
  const world = worldOfThings(neighbours);
  const stack = await world.deploy(templateOf({ Thing: { Properties: { Value: value } }, Other: { DependsOn: [] } }, rest), more);
  if (stack.StackStatus !== 'CREATE_COMPLETE') throw new Error((await world.events()).join('\n'));
  return (await world.things()).Things.find(({ properties }) => properties['Name'] === 'Thing')?.properties['Value'];
};

test.each([
  ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
  ['Ref of a resource', { Ref: 'Other' }, 'thing-1'],
  ['Fn::GetAtt with a path', { 'Fn::GetAtt': ['Other', 'Endpoint.Address'] }, 'thing-1.example.com'],
  ['Fn::Sub', { 'Fn::Sub': '${AWS::AccountId}/${Other}/${Other.Arn}/${!Kept}' }, '111122223333/thing-1/arn:aws:things:::thing-1/${Kept}'],
  ['Fn::Sub with a map', { 'Fn::Sub': ['${Mine}.${AWS::URLSuffix}', { Mine: { Ref: 'AWS::StackName' } }] }, 'Site.amazonaws.com'],
  ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Partition' }, 3]] }, 'a-aws-3'],
  ['Fn::Select of Fn::Split', { 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b,c'] }] }, 'b'],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'Big'] }, 'xl'],
  ['Fn::Base64', { 'Fn::Base64': 'hello' }, 'aGVsbG8='],
  ['Fn::Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
  ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b']],
  ['Fn::If when true', { 'Fn::If': ['InIreland', 'yes', { Ref: 'AWS::NoValue' }] }, 'yes'],
  ['Fn::If when false', { 'Fn::If': ['Elsewhere', { Ref: 'Absent' }, 'no'] }, 'no'],
  ['a list without its AWS::NoValue', ['a', { 'Fn::If': ['Elsewhere', 'b', { Ref: 'AWS::NoValue' }] }], ['a']],
  ['an IAM Condition, which is no intrinsic', { Condition: { Null: { 'x:y': 'true' } } }, { Condition: { Null: { 'x:y': 'true' } } }],
])('%s', async (_name, value, expected) => {
  const rest = {
    Mappings: { Sizes: { 'eu-west-1': { Big: 'xl' } } },
    Conditions: {
      InIreland: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
      Elsewhere: {
        'Fn::And': [{ 'Fn::Not': [{ Condition: 'InIreland' }] }, { 'Fn::Or': [{ Condition: 'InIreland' }, { Condition: 'InIreland' }] }],
      },
    },
  };
  const world = worldOfThings(neighbours);
  const template = templateOf({ Thing: { Properties: { Value: value } }, Other: {}, Absent: { Condition: 'Elsewhere' } }, rest);
  // Thing comes after Other whether or not it refers to it, so that Other is thing-1.
  Object.assign(template.Resources['Thing']!, { DependsOn: ['Other', 'Absent'] });
  expect((await world.deploy(template)).StackStatus).toBe('CREATE_COMPLETE');
  expect(await world.names()).toEqual(['Other', 'Thing']);
  expect((await world.things()).Things[1]?.properties['Value']).toEqual(expected);
});

test('a property whose value is AWS::NoValue is not there', async () => {
  expect(await valueOf({ Kept: 1, Gone: { Ref: 'AWS::NoValue' } })).toEqual({ Kept: 1 });
});

test('YAML short forms mean what their long forms mean', async () => {
  const world = worldOfThings(neighbours);
  const stack = await world.deploy(
    `
Parameters:
  Env: { Type: String, Default: test, AllowedValues: [test, live] }
Conditions:
  Live: !Equals [!Ref Env, live]
  Test: !Not [!Condition Live]
Mappings:
  Sizes:
    test: { Count: 2 }
Resources:
  Base: { Type: Test::Thing, Properties: { Name: Base } }
  Skipped: { Type: Test::Thing, Condition: Live }
  Thing:
    Type: Test::Thing
    Properties:
      Name: !Sub "thing-\${Env}"
      Endpoint: !GetAtt Base.Endpoint.Address
      Arn: !GetAtt [Base, Arn]
      Chosen: !If [Test, !Join ["/", [a, !Ref Env]], !Ref AWS::NoValue]
      Count: !FindInMap [Sizes, !Ref Env, Count]
      Mixed: !Select [0, !Split [",", "x,y"]]
      WithMap: !Sub
        - "\${A}!"
        - A: !Base64 hi
      Version: 2012-10-17
Outputs:
  Id: { Value: !Ref Thing, Export: { Name: !Sub "\${AWS::StackName}-id" } }
`,
  );
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect((await world.things()).Things[1]?.properties).toEqual({
    Name: 'thing-test',
    Endpoint: 'thing-1.example.com',
    Arn: 'arn:aws:things:::thing-1',
    Chosen: 'a/test',
    Count: 2,
    Mixed: 'x',
    WithMap: 'aGk=!',
    Version: '2012-10-17',
  });
  expect(stack.Outputs).toEqual([{ OutputKey: 'Id', OutputValue: 'thing-2', ExportName: 'Site-id' }]);
});

test('dynamic references are resolved for the service, never shown, and survive ARNs and colons', async () => {
  const world = worldOfThings(neighbours);
  await world.deploy(
    templateOf({
      Thing: {
        Properties: {
          Password: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', secretArn, ':SecretString:password::}}']] },
          Url: `host:{{resolve:secretsmanager:${secretArn}:SecretString:port}}/{{resolve:ssm:/site/size}}`,
        },
      },
    }),
  );
  expect((await world.things()).Things[0]?.properties).toMatchObject({ Password: 'pa:ss', Url: 'host:5432/7' });
  const shown = JSON.stringify([
    await world.look('DescribeStackEvents', { StackName: 'Site' }),
    await world.look('DescribeStackResources', { StackName: 'Site' }),
    await world.look('GetTemplate', { StackName: 'Site' }),
  ]);
  expect(shown).not.toContain('pa:ss');
});

test.each([
  ['{{resolve:secretsmanager:missing:SecretString:password}}', /can't find the specified secret/],
  [`{{resolve:secretsmanager:${secretArn}:SecretString:nothing}}`, /Could not find a value associated with JSONKey in SecretString/],
  ['{{resolve:ssm-secure:/site/password}}', /SSM Secure reference is not supported in: \[Test::Thing\/Properties\/Value\]/],
  ['{{resolve:ssm:/site/password}}', /Non-secure ssm prefix was used for secure parameter/],
])('the dynamic reference %s fails its resource with the reason', async (value, reason) => {
  await expect(valueOf(value)).rejects.toThrow(reason);
});

test('parameters are defaulted, split, and looked up in the parameter store', async () => {
  const declared = {
    Size: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/site/size' },
    Names: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/site/names' },
    Zones: { Type: 'CommaDelimitedList', Default: 'x, y' },
    Word: { Type: 'String', NoEcho: true },
  };
  const world = worldOfThings(neighbours);
  const stack = await world.deploy(
    templateOf(
      { Thing: { Properties: { Value: [{ Ref: 'Size' }, { Ref: 'Names' }, { Ref: 'Zones' }, { Ref: 'Word' }] } } },
      { Parameters: declared },
    ),
    { Parameters: [{ ParameterKey: 'Word', ParameterValue: 'hidden' }] },
  );
  expect((await world.things()).Things[0]?.properties['Value']).toEqual(['7', ['a', 'b'], ['x', 'y'], 'hidden']);
  expect(stack).toMatchObject({
    Parameters: [
      { ParameterKey: 'Size', ParameterValue: '/site/size', ResolvedValue: '7' },
      { ParameterKey: 'Names', ParameterValue: '/site/names', ResolvedValue: 'a, b' },
      { ParameterKey: 'Zones', ParameterValue: 'x, y' },
      { ParameterKey: 'Word', ParameterValue: '****' },
    ],
  });
});

const withParameter = (declaration: object) => ({ Parameters: { P: { Type: 'String', ...declaration } } });
test.each([
  ['a missing value', withParameter({}), [], 'Parameters: [P] must have values'],
  ['an unknown parameter', {}, [{ ParameterKey: 'Q', ParameterValue: 'x' }], 'Parameters: [Q] do not exist in the template'],
  ['a value not allowed', withParameter({ AllowedValues: ['a'], Default: 'b' }), [], "Parameter 'P' must be one of AllowedValues"],
  ['a value off its pattern', withParameter({ AllowedPattern: '[a-z]+', Default: 'A1' }), [], "Parameter 'P' must match pattern [a-z]+"],
  ['a value too long', withParameter({ MaxLength: 2, Default: 'abc' }), [], "Parameter 'P' must contain at most 2 characters"],
  ['a number that is none', withParameter({ Type: 'Number', Default: 'x' }), [], "Parameter 'P' must be a number"],
  [
    'a described constraint',
    withParameter({ MinLength: 2, Default: 'a', ConstraintDescription: 'two or more' }),
    [],
    "Parameter 'P' failed to satisfy constraint: two or more",
  ],
  [
    'a store name without value',
    withParameter({ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/none' }),
    [],
    'Unable to fetch parameters [/none] from parameter store for this account.',
  ],
  ['a type that does not exist', withParameter({ Type: 'Strnig', Default: '' }), [], 'Unrecognized parameter type: Strnig'],
  [
    'a kept value with nothing before',
    withParameter({}),
    [{ ParameterKey: 'P', UsePreviousValue: true }],
    'Invalid input for parameter key P',
  ],
])('%s is refused', async (_name, rest, Parameters, message) => {
  await expect(valueOf('x', rest, { Parameters })).rejects.toThrow(message);
});

const thing = (value: unknown) => templateOf({ Thing: { Properties: { Value: value } } });
test.each([
  ['text that is neither JSON nor YAML', '{ "Resources": ', 'Template format error: JSON not well-formed.'],
  ['broken YAML', 'Resources:\n  - [', 'Template format error: YAML not well-formed.'],
  ['a YAML tag that is none', 'Resources:\n  A: !Reff x', 'Template format error: YAML not well-formed.'],
  ['a template without resources', '{"Resources":{}}', 'At least one Resources member must be defined.'],
  ['an unknown section', '{"Resorces":{}}', 'Invalid template property or properties [Resorces]'],
  ['a null', thing([null]), "'null' values are not allowed in templates"],
  ['an unknown function', thing({ 'Fn::Sum': [1, 2] }), 'unsupported function Fn::Sum'],
  ['a reference to nothing', thing({ Ref: 'Nobody' }), 'Unresolved resource dependencies [Nobody] in the Resources block of the template'],
  ['a Sub of nothing', thing({ 'Fn::Sub': '${Nobody.Arn}' }), 'Unresolved resource dependencies [Nobody]'],
  [
    'a circle',
    templateOf({ A: { DependsOn: 'B' }, B: { DependsOn: 'A' }, C: { DependsOn: 'A' } }),
    'Circular dependency between resources: [A, B]',
  ],
  ['an unknown resource member', templateOf({ A: { Propertys: {} } }), "Invalid template resource property 'Propertys'"],
  [
    'a snapshot of what has none',
    templateOf({ A: { DeletionPolicy: 'Snapshot' } }),
    'resource type Test::Thing does not support deletion policy Snapshot',
  ],
  [
    'a reference to a resource whose condition is false',
    templateOf({ A: { Condition: 'No' }, B: { Properties: { Of: { Ref: 'A' } } } }, { Conditions: { No: { 'Fn::Equals': ['a', 'b'] } } }),
    'Unresolved resource dependencies [A]',
  ],
  ['a macro', { ...templateOf({ A: {} }), Transform: 'AWS::Serverless-2016-10-31' }, 'NotModelled'],
])('%s is refused before anything is made', async (_name, template, message) => {
  const world = worldOfThings(neighbours);
  await expect(world.deploy(template))
    .rejects.toThrow(message)
    .catch(async () => {
      // Problems of evaluation show when the resource is made.
      expect((await world.events()).join('\n')).toContain(message);
    });
  expect(await world.names()).toEqual([]);
});

test('a rule that does not hold refuses the template with its own words', async () => {
  const rules = (versions: string[]) => ({
    Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/site/size' } },
    Rules: {
      CheckBootstrapVersion: {
        Assertions: [
          { Assert: { 'Fn::Not': [{ 'Fn::Contains': [versions, { Ref: 'BootstrapVersion' }] }] }, AssertDescription: 'version 8 required' },
        ],
      },
    },
  });
  await expect(valueOf('x', rules(['6', '7']))).rejects.toThrow('version 8 required');
  expect(await valueOf('x', rules(['5', '6']))).toBe('x');
});

test('IAM resources need the capability, and named ones the stronger', async () => {
  const world = worldOfThings();
  const iam = (properties: object) => ({ Resources: { Role: { Type: 'AWS::IAM::Role', Properties: properties } } });
  const validated = async (properties: object) => world.look('GetTemplateSummary', { TemplateBody: JSON.stringify(iam(properties)) });
  expect(await validated({})).toMatchObject({ Capabilities: ['CAPABILITY_IAM'] });
  expect(await validated({ RoleName: 'r' })).toMatchObject({ Capabilities: ['CAPABILITY_NAMED_IAM'] });
});

test('exports are imported by other stacks, and held while they are', async () => {
  const world = worldOfThings();
  const exporting = (size: number) =>
    templateOf(
      { Base: { Properties: { Size: size } } },
      { Outputs: { Size: { Value: { 'Fn::GetAtt': 'Base.Size' }, Export: { Name: 'base-size' } } } },
    );
  await world.deploy(exporting(1), {}, 'Base');
  await world.deploy(templateOf({ User: { Properties: { Of: { 'Fn::ImportValue': 'base-size' } } } }), {}, 'User');
  expect((await world.things()).Things[1]?.properties['Of']).toBe('1');
  expect(await world.look('ListExports')).toMatchObject({ Exports: [{ Name: 'base-size', Value: '1' }] });
  expect(await world.look('ListImports', { ExportName: 'base-size' })).toMatchObject({ Imports: ['User'] });
  expect(await world.deploy(exporting(2), {}, 'Base')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await world.events('Base')).toContain(
    'Base UPDATE_ROLLBACK_IN_PROGRESS Export base-size cannot be updated as it is in use by User',
  );
  await world.cfn('DeleteStack', { StackName: 'Base' });
  expect(await world.stack('Base')).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    StackStatusReason: 'Export base-size cannot be deleted as it is in use by User',
  });
  await world.cfn('DeleteStack', { StackName: 'User' });
  await expect(world.stack('User')).rejects.toThrow('does not exist');
  await world.cfn('DeleteStack', { StackName: 'Base' });
  await expect(world.stack('Base')).rejects.toThrow('does not exist');
  expect(await world.names()).toEqual([]);
});

test('an import of nothing fails its resource by the export’s name', async () => {
  await expect(valueOf({ 'Fn::ImportValue': 'nowhere' })).rejects.toThrow('Thing CREATE_FAILED No export named nowhere found.');
});

test('a template is read from the twin’s own S3 by its path-style or virtual-hosted URL', async () => {
  for (const TemplateURL of ['http://127.0.0.1:4566/assets/a%20b/site.json', 'https://assets.s3.eu-west-1.amazonaws.com/a%20b/site.json']) {
    const world = worldOfThings(neighbours);
    await world.cfn('CreateStack', { StackName: 'Site', TemplateURL });
    expect((await world.stack()).StackStatus).toBe('CREATE_COMPLETE');
    expect(await world.names()).toEqual(['FromS3']);
    await expect(world.cfn('CreateStack', { StackName: 'Next', TemplateURL: 'http://127.0.0.1:4566/assets/none' })).rejects.toThrow(
      'S3 error: The specified key does not exist.',
    );
  }
});
