import type { JudgedStack, Rule } from '../judged.js';
import { resourcesOfType, told, walk } from '../walk.js';

const images = (stack: JudgedStack): { path: string; image: string }[] =>
  resourcesOfType(stack, 'AWS::ECS::TaskDefinition').flatMap(({ path, resource }) =>
    [...walk(resource.Properties?.['ContainerDefinitions'])].flatMap(({ value, trail }) => {
      if (trail.at(-1) !== 'Image') return [];
      // What hangs on the stack's own region or account is joined of several parts.
      return [
        {
          path,
          image:
            typeof value === 'string'
              ? value
              : [...walk(value)].flatMap(({ value: part }) => (typeof part === 'string' ? [part] : [])).join(''),
        },
      ];
    }),
  );

export const imageByDigest: Rule = {
  id: 'image-by-digest',
  summary: 'container images are named by digest',
  why: 'a tag may mean another image in the other region, or tomorrow: what was tested is not what runs',
  find: (stack) =>
    told(images(stack).flatMap(({ path, image }) => (/@sha256:[0-9a-f]{64}$/.test(image) ? [] : [{ path, reason: `runs ${image}` }]))),
};

export const imageOfThisRegion: Rule = {
  id: 'image-of-this-region',
  summary: 'container images come from the registry of their own region',
  why: 'a registry in the lost region serves nobody',
  find: (stack) =>
    told(
      images(stack).flatMap(({ path, image }) => {
        const [, region] = /\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/.exec(image) ?? [];
        return region === undefined || region === stack.region ? [] : [{ path, reason: `pulls ${image} from ${region}` }];
      }),
    ),
};
