import { validationError } from '../errors.js';

/** A piece of an `Fn::Sub` string: text as it is, or a name to put a value for. */
export type SubstitutionPart = { readonly text: string } | { readonly name: string };

/** Cuts `${Name}`, `${Resource.Attribute}` and `${!Literal}` out of an `Fn::Sub` string. */
export const substitutionParts = (pattern: string): readonly SubstitutionPart[] => {
  const parts: SubstitutionPart[] = [];
  let from = 0;
  for (const match of pattern.matchAll(/\$\{([^}]*)\}/g)) {
    parts.push({ text: pattern.slice(from, match.index) });
    const name = match[1] ?? '';
    if (name.startsWith('!')) parts.push({ text: `\${${name.slice(1)}}` });
    else if (/^[A-Za-z0-9_.:]+$/.test(name)) parts.push({ name });
    else {
      throw validationError(
        'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
      );
    }
    from = match.index + match[0].length;
  }
  parts.push({ text: pattern.slice(from) });
  return parts;
};
