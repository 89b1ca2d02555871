import { sha256 } from '../model/canonical.js';

/**
 * A name or client token for AWS, derived from an attempt's token: letters, digits and hyphens, begins with a letter, 42 characters
 * (fits CloudFormation's pattern and every client token's length that we meet).
 */
export const awsToken = (token: string): string => `altsite-${sha256(token).slice(0, 34)}`;
