import type { ResourceType, Service } from '../service.js';

/** Finds what backs a resource type; undefined when no service does. */
export type Catalog = (type: string) => ResourceType | undefined;

/** The resource types of all `services`, asked for when first needed: CloudFormation is one of them. */
export const catalogOf = (services: () => readonly Service[]): Catalog => {
  let types: ReadonlyMap<string, ResourceType> | undefined;
  return (type) => {
    types ??= new Map(services().flatMap((service) => (service.resourceTypes ?? []).map((one) => [one.type, one])));
    return types.get(type);
  };
};

/** The backing of a type that validation has already found. */
export const backing = (catalog: Catalog, type: string): ResourceType => {
  const found = catalog(type);
  if (!found) throw new Error(`no service backs ${type}`);
  return found;
};
