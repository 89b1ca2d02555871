import type { Rule } from '../judged.js';
import { texts, told, walk } from '../walk.js';

const image = /\bami-[0-9a-f]{8,17}\b/;

export const noHardCodedMachineImage: Rule = {
  id: 'no-hard-coded-machine-image',
  summary: 'no machine image is named by its id',
  why: 'ids of machine images are regional: the same image has another one in every region, or is not there',
  find: (stack) => [
    ...told(
      [...texts(stack)].flatMap(({ path, text }) =>
        image.test(text) ? [{ path, reason: `names the machine image ${image.exec(text)![0]}` }] : [],
      ),
    ),
    // Where CDK maps regions to images, the map is beside the resources.
    ...[...walk((stack.template as { Mappings?: unknown }).Mappings)].flatMap(({ value, trail }) =>
      typeof value === 'string' && image.test(value)
        ? [{ path: stack.path, reason: `maps ${trail.join('.')} to the machine image ${value}` }]
        : [],
    ),
  ],
};
