import type { Limit, LimitOf } from './governor.js';

/**
 * What calls to AWS begin with. RDS and CloudFormation have limits that are not published (knowledge 5.1, 6.2): one change a second is where the
 * knowledge file's model begins too. ECS: RunTask 20 calls a second is published; its other writes are taken as less.
 */
const writes: Readonly<Record<string, Limit>> = {
  rds: { burst: 10, perSecond: 1, mostPerSecond: 5 },
  backup: { burst: 10, perSecond: 1, mostPerSecond: 5 },
  cloudformation: { burst: 5, perSecond: 1, mostPerSecond: 2 },
  ecs: { burst: 20, perSecond: 2, mostPerSecond: 20 },
};
const otherWrites: Limit = { burst: 20, perSecond: 5, mostPerSecond: 50 };
const reads: Limit = { burst: 100, perSecond: 20, mostPerSecond: 100 };

export const callLimits: LimitOf = (calls) => (calls.class === 'read' ? reads : (writes[calls.service] ?? otherWrites));
