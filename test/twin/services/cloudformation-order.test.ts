import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { templateOf, worldOfThings } from '../../helpers/things.js';

/** Random acyclic graphs: each node may depend on nodes before it, in a random order of declaration. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
  .map((picks) => picks.map((pick, node) => [...new Set(node === 0 ? [] : pick.map((n) => n % node))]))
  .chain((edges) =>
    fc.record({
      edges: fc.constant(edges),
      order: fc.shuffledSubarray(
        edges.map((_, node) => node),
        { minLength: edges.length },
      ),
    }),
  );

const nameOf = (node: number): string => `N${node}`;

test('any graph is created as a linear extension of its dependencies and deleted as one of their reverse', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.boolean(), async ({ edges, order }, explicit) => {
      const world = worldOfThings();
      const resources = Object.fromEntries(
        order.map((node) => {
          const before = edges[node]!.map(nameOf);
          return [nameOf(node), explicit ? { DependsOn: before } : { Properties: { Of: before.map((Ref) => ({ Ref })) } }];
        }),
      );
      expect((await world.deploy(templateOf(resources))).StackStatus).toBe('CREATE_COMPLETE');
      await world.cfn('DeleteStack', { StackName: 'Site' });
      await expect(world.stack()).rejects.toThrow('does not exist');
      const { Log } = await world.things();
      const at = (verb: string, node: number): number => Log.indexOf(`${verb} ${nameOf(node)}`);
      expect(Log.length).toBe(2 * edges.length);
      edges.forEach((before, node) => {
        for (const other of before) {
          expect(at('create', other)).toBeLessThan(at('create', node));
          expect(at('delete', node)).toBeLessThan(at('delete', other));
        }
      });
    }),
    { numRuns: 40 },
  );
});

test('independent resources are made side by side in world time', async () => {
  const world = worldOfThings();
  const slow = { Properties: { TakesSeconds: 500 } };
  await world.cfn('CreateStack', { StackName: 'Site', TemplateBody: JSON.stringify(templateOf({ A: slow, B: slow, C: slow })) });
  await world.pass(520);
  const { Stacks } = await world.cfn<{ Stacks: { StackStatus: string }[] }>('DescribeStacks', { StackName: 'Site' });
  expect(Stacks[0]?.StackStatus).toBe('CREATE_COMPLETE');
});
