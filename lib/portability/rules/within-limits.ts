import type { Rule } from '../judged.js';

/** CloudFormation quotas (user guide, "Understand CloudFormation quotas"); none of them can be raised. */
const limits = { Resources: 500, Parameters: 200, Outputs: 200, Mappings: 200 } as const;
const mostBytes = 1_048_576;

export const withinLimits: Rule = {
  id: 'within-limits',
  summary: "a template is within CloudFormation's quotas",
  why: 'a stack beyond them is refused, in the middle of a deployment',
  find: ({ path, template }) => {
    const bytes = Buffer.byteLength(JSON.stringify(template, null, 1));
    return [
      ...Object.entries(limits).flatMap(([part, most]) => {
        const count = Object.keys((template as Readonly<Record<string, object>>)[part] ?? {}).length;
        return count > most ? [{ path, reason: `has ${count} ${part}, and ${most} are allowed` }] : [];
      }),
      ...(bytes > mostBytes ? [{ path, reason: `is ${bytes} bytes, and ${mostBytes} are allowed` }] : []),
    ];
  },
};
