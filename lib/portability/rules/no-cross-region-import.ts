import type { JudgedAssembly, Rule } from '../judged.js';
import { told, uses } from '../walk.js';

const exportedIn = ({ stacks }: JudgedAssembly): ReadonlyMap<string, readonly string[]> => {
  const regions = new Map<string, string[]>();
  for (const { template, region } of stacks)
    for (const { Export } of Object.values(template.Outputs ?? {}))
      if (typeof Export?.Name === 'string') regions.set(Export.Name, [...(regions.get(Export.Name) ?? []), region]);
  return regions;
};

export const noCrossRegionImport: Rule = {
  id: 'no-cross-region-import',
  summary: 'what a stack imports is exported by a stack of its own region',
  why: 'an export belongs to one region: a stack that needs one of another region cannot be made, least of all when that region is lost',
  find: (stack, assembly) => {
    const exported = exportedIn(assembly);
    return told(
      [...uses(stack, 'Fn::ImportValue')].flatMap(({ path, given }) => {
        const regions = exported.get(String(given));
        if (regions?.includes(stack.region)) return [];
        return [
          { path, reason: `imports ${String(given)}, exported ${regions ? `in ${regions.join(', ')}` : 'by no stack of this assembly'}` },
        ];
      }),
    );
  },
};
