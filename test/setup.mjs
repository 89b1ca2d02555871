process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
// The CloudFormation validator inside aws-cdk-lib costs over a second per synth; one test of its own leaves it on.
process.env.CDK_VALIDATION ??= 'false';
