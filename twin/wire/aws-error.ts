/**
 * An error as AWS returns it. `code` is the error shape's name in the SDK (`DBInstanceNotFoundFault`), or, where the service
 * has no shape for it, the literal code (`ValidationError`, `AccessDenied`). The wire finds status and wire code from the shape.
 */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly options: { status?: number; fault?: 'client' | 'server'; fields?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = code;
  }
}
