import { acceptProperties } from './members.js';
import type { ResourceProperties } from './service.js';

/** A template's properties read as the types the API wants: templates write numbers and booleans as text, too. */
export interface TemplateProperties {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  texts(name: string): string[] | undefined;
  /** `[{ Key, Value }]`, as most services take them. */
  tags(name?: string): { Key: string; Value: string }[] | undefined;
  /** An object or its JSON as text, as policies are written in either way. */
  json(name: string): string | undefined;
  raw(name: string): unknown;
}

/**
 * Reads the properties of one resource.
 * @throws AwsError `NotModelled` for a property outside `known`: a green stack must not hide a setting that was dropped.
 */
export const readProperties = (type: string, properties: ResourceProperties, known: readonly string[]): TemplateProperties => {
  acceptProperties(type, properties, known);
  const text = (name: string): string | undefined => {
    const value = properties[name];
    return value === undefined || value === null ? undefined : textOf(value as string | number | boolean);
  };
  const number = (name: string): number | undefined => {
    const value = text(name);
    return value === undefined ? undefined : Number(value);
  };
  return {
    text,
    number,
    flag: (name) => (text(name) === undefined ? undefined : text(name) === 'true'),
    texts: (name) => (properties[name] as unknown[] | undefined)?.map(String),
    tags: (name = 'Tags') => properties[name] as { Key: string; Value: string }[] | undefined,
    json: (name) => {
      const value = properties[name];
      if (value === undefined || value === null) return undefined;
      return typeof value === 'string' ? value : JSON.stringify(value);
    },
    raw: (name) => properties[name],
  };
};

const textOf = (value: string | number | boolean): string => String(value);
