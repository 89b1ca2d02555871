import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says of what names production and the separate account to each other that the second authority is meant. */
export const acknowledgeOtherAccount = (named: IConstruct): void =>
  Validations.of(named).acknowledge({
    id: 'altsite-portability::no-arn-of-another-account',
    reason:
      'The separate backup account is another one on purpose; a recovery needs nothing of it while the vault of its own region is there',
  });
