import type { YAMLError } from 'yaml';

/** What to do about text that is not YAML, by the parser's own code; its own words where they say it better. */
const fixes: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  BAD_DQ_ESCAPE: 'not an escape inside double quotes; write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'the indentation does not fit what stands above; line it up with its neighbours, and close every bracket',
  BAD_SCALAR_START: 'a word cannot start with this character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second key on one line; begin a new line, or put the value in quotes if its colon belongs to it',
  BLOCK_IN_FLOW: 'indented lines inside brackets; close the bracket first',
  DUPLICATE_KEY: 'this key was written above already; keep one',
  KEY_OVER_1024_CHARS: 'a key of more than 1024 characters; is a colon or a quote missing?',
  MULTILINE_IMPLICIT_KEY: 'a key cannot go over several lines; is a colon or a quote missing?',
  MULTIPLE_DOCS: 'a second document begins here; keep one document in a file',
  RESOURCE_EXHAUSTION: 'nested too deeply; nothing in a plan is',
  TAB_AS_INDENT: 'a tab; indent with spaces',
  UNEXPECTED_TOKEN: 'this does not belong here; remove it, put it in quotes, or see whether a bracket or quote above is still open',
};

export const yamlFault = ({ code, message }: YAMLError): string =>
  fixes[code] ?? `${message.charAt(0).toLowerCase()}${message.slice(1)}; see whether a bracket, quote or colon is missing`;

/** Faults that leave the rest of the document as it was meant. */
export const readableDespite = ({ code }: YAMLError): boolean => code === 'DUPLICATE_KEY' || code === 'MULTIPLE_DOCS';
