import type { Fault } from './fault.js';
import { oneOf, optionalText } from './parameters.js';

/** By the name that `of` goes by: the events that would end the transitional state. */
const transitions = {
  'rds.instance': /^rds: \S+ comes up$/,
  'rds.baseline-backup': /^rds: \S+ is backed up$/,
  'rds.modification': /^rds: \S+ has changed$/,
  'rds.snapshot': /^rds: snapshot \S+ is there$/,
  'rds.snapshot-copy': /^rds: copy \S+ is there$/,
  'backup.job': /^backup: (look at )?job \S+( runs)?$/,
  'backup.copy-job': /^backup: (look at )?copy \S+( runs)?$/,
  'backup.restore-job': /^backup: (look at )?restore \S+( runs)?$/,
  'ecs.task': /^task \S+ starts$/,
  'elb.load-balancer': /^\S+ becomes active$/,
  'ec2.nat-gateway': /^NAT gateway \S+ becomes available$/,
  'route-53.change': /^change \S+ is INSYNC$/,
} satisfies Record<string, RegExp>;
const names = Object.keys(transitions) as (keyof typeof transitions)[];

/** Something never leaves the state it is passing through. With a duration it goes on afterwards; without one, never. */
export const stuckStatus: Fault = {
  name: 'stuck-status',
  description: 'what is created, copied or restored in one region stays in its transitional state (creating, RUNNING, PENDING …)',
  parameters: {
    of: `one of ${names.join(', ')} (default: rds.instance)`,
    id: 'only the one whose identifier holds this text (default: all)',
  },
  inject: (world, target) => {
    const transition: RegExp = transitions[oneOf(target, 'of', names, 'rds.instance')];
    const id = optionalText(target, 'id') ?? '';
    const until = target.forSeconds === undefined ? undefined : world.now() + target.forSeconds * 1000;
    return {
      event: ({ what, region }, at) => {
        if (region !== target.region || !transition.test(what) || !what.includes(id)) return 'runs';
        return until === undefined ? 'never' : { inSeconds: (until - at) / 1000 };
      },
    };
  },
};
