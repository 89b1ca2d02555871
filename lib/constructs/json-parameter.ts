import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';

export interface JsonParameterProps {
  readonly parameterName: string;
  readonly description: string;
  /** At most 4 KiB as JSON, the size of a standard parameter; may contain tokens. */
  readonly value: object;
}

/** Publishes an object as JSON in the stack's own region, for readers that cannot ask CloudFormation. */
export class JsonParameter extends StringParameter {
  constructor(scope: Construct, id: string, props: JsonParameterProps) {
    super(scope, id, {
      parameterName: props.parameterName,
      description: props.description,
      stringValue: Stack.of(scope).toJsonString(props.value),
    });
  }
}
