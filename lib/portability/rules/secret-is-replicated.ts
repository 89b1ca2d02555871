import { isSiteStack, type Rule } from '../judged.js';
import { resourcesOfType } from '../walk.js';

export const secretIsReplicated: Rule = {
  id: 'secret-is-replicated',
  summary: 'a secret whose value people give is replicated to the other site',
  why: 'what is known in the lost region alone is lost: the recovered application cannot speak to its partners',
  find: (stack) =>
    isSiteStack(stack)
      ? resourcesOfType(stack, 'AWS::SecretsManager::Secret').flatMap(({ path, resource: { Properties = {} } }) => {
          const { GenerateSecretString, ReplicaRegions } = Properties;
          const isGiven = GenerateSecretString === undefined;
          const goes = Array.isArray(ReplicaRegions) && ReplicaRegions.length > 0;
          return isGiven && !goes ? [{ path, reason: `is in ${stack.region} alone` }] : [];
        })
      : [],
};
