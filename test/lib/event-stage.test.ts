import { describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import type { Settings } from '../../lib/contract/settings.js';
import { statefulTypes } from '../../lib/contract/stateful-types.js';
import { production } from '../../lib/production.js';
import { ambassify, cdkContext, resourcesOf, type TemplateJson } from './production-templates.js';

const event = '950af7c1';
/** Templates by stack name, and the stacks. */
const synthesised = (settings: Settings, of?: string) => {
  const app = new App({ context: cdkContext });
  production(app, settings, of);
  const stacks = app.node.findAll().filter((node) => Stack.isStack(node));
  const assembly = app.synth();
  return new Map(
    stacks.map((stack) => [stack.stackName, { stack, template: assembly.getStackArtifact(stack.artifactId).template as TemplateJson }]),
  );
};
const { primary, alternate } = ambassify.sites;
const before = synthesised(ambassify);
const during = synthesised(ambassify, event);
const restored = `ambassify-frankfurt-db-${event}`;

describe('the stack of an event', () => {
  test('is added to what stands, of which it changes nothing', () => {
    expect([...during.keys()].filter((name) => !before.has(name))).toEqual([restored]);
    for (const [name, { template }] of before) expect({ name, template: during.get(name)?.template }).toEqual({ name, template });
  });

  test('holds one database and no output: named, kept, of no snapshot, with no login made for it', () => {
    const { template, stack } = during.get(restored)!;
    expect(Object.keys(template).sort()).toEqual(['Description', 'Resources']);
    const databases = resourcesOf(template, 'AWS::RDS::DBInstance').map(([, resource]) => resource);
    expect([Object.keys(template.Resources).length, databases.length]).toEqual([1, 1]);
    const [database] = databases;
    expect(database).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { DBInstanceIdentifier: restored, DeletionProtection: true },
    });
    expect(JSON.stringify(database)).not.toMatch(/DBSnapshotIdentifier|GenerateSecretString|AutomaticBackupReplication/);
    expect(stack.tags.tagValues()).toMatchObject({ 'altsite:event': event, 'altsite:site': 'frankfurt' });
    expect(stack.terminationProtection).toBe(true);
  });
});

/** Roles change, sites stay: which resources of a site would be gone, were the settings changed from one to the other. */
const goneOf = (site: string, from: ReturnType<typeof synthesised>, to: ReturnType<typeof synthesised>): string[] =>
  [...from].flatMap(([name, { template, stack }]) => {
    const after = to.get(name);
    // A stack that is not deployed any more is not deleted either.
    if (stack.tags.tagValues()['altsite:site'] !== site || !after) return [];
    return Object.entries(template.Resources)
      .filter(([id, { Type }]) => statefulTypes.includes(Type) && after.template.Resources[id]?.Type !== Type)
      .map(([id, { Type }]) => `${name}/${id} (${Type})`);
  });

describe('when sites change their roles', () => {
  const swapped = synthesised({
    ...ambassify,
    sites: { primary: { ...alternate, databaseGeneration: event }, alternate: primary },
  });
  const milan = { name: 'milan', region: 'eu-south-1', databaseGeneration: '1' };
  const moved = synthesised({ ...ambassify, sites: { primary: { ...alternate, databaseGeneration: event }, alternate: milan } });

  test.each([
    ['swapped, as after a recovery', swapped],
    ['moved on, with a third region as the new site', moved],
  ])('%s: no site loses what holds data, and its logical ids stay', (_how, after) => {
    for (const site of ['dublin', 'frankfurt']) expect({ site, gone: goneOf(site, during, after) }).toEqual({ site, gone: [] });
  });

  test.each([
    ['swapped', swapped],
    ['moved on', moved],
  ])('%s: the database that was adopted is the same stack, resource and name', (_how, after) => {
    const [was, is] = [during, after].map((all) => all.get(restored)?.template.Resources);
    expect(Object.keys(is ?? {})).toEqual(Object.keys(was ?? {}));
    expect(Object.values(is ?? {})[0]?.Properties?.['DBInstanceIdentifier']).toBe(restored);
  });

  test('failback brings back the names and ids of before', () => {
    const back = synthesised({ ...ambassify, sites: { primary, alternate: { ...alternate, databaseGeneration: event } } });
    for (const [name, { template }] of before) {
      const ids = (one: TemplateJson | undefined) => Object.keys(one?.Resources ?? {});
      expect({ name, ids: ids(back.get(name)?.template) }).toEqual({ name, ids: ids(template) });
    }
  });

  test.each([
    ['swapped', swapped],
    ['moved on', moved],
  ])('%s: what belongs to no site stays where it is', (_how, after) => {
    for (const name of ['ambassify-zone', 'ambassify-witness', 'ambassify-traffic'])
      expect({ name, region: after.get(name)?.stack.region }).toEqual({ name, region: during.get(name)?.stack.region });
  });

  test('no name of a stack or of what holds data says which role its site has', () => {
    for (const all of [before, during, swapped, moved])
      for (const [name, { template }] of all) {
        expect(name).not.toMatch(/primary|alternate/i);
        for (const [id, { Type }] of Object.entries(template.Resources))
          if (statefulTypes.includes(Type)) expect(id).not.toMatch(/primary|alternate/i);
      }
  });
});
