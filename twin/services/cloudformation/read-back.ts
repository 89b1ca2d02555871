import type { Context } from '../../world/context.js';
import type { ExistingResource, ResourceType } from '../service.js';
import { isAlreadyGone } from './engine/failure-reason.js';

/** What the service says of a resource now; `undefined` when it says that there is none. */
export const readBack = async (
  { existing }: { readonly existing: ExistingResource },
  physicalId: string,
  ctx: Context,
): Promise<Awaited<ReturnType<ExistingResource['read']>>> => {
  try {
    return await existing.read(physicalId, ctx.onBehalf('cloudformation'));
  } catch (error) {
    if (isAlreadyGone(error)) return undefined;
    throw error;
  }
};

/** A type that the twin can read back. */
export const isReadable = (type: ResourceType): type is ResourceType & { readonly existing: ExistingResource } =>
  type.existing !== undefined;
