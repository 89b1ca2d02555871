/** A template as CloudFormation gets it, as far as it is judged. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value?: unknown; readonly Export?: { readonly Name?: unknown } }>>;
}
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A stack of an assembly, with what is to be judged of it. */
export interface JudgedStack {
  /** Construct path: `Primary/Database`. */
  readonly path: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly template: Template;
  /** Construct path of a resource, by its logical id. */
  pathOf(logicalId: string): string;
}

export interface JudgedAssembly {
  readonly stacks: readonly JudgedStack[];
  /** What synthesis would have had to look up in an account, in words. */
  readonly missing: readonly string[];
}

/** Why a stack cannot be built where it has to be, or should not be built at all. */
export interface Finding {
  readonly rule: string;
  readonly path: string;
  readonly reason: string;
}

/** One thing that keeps a production from being replicated. */
export interface Rule {
  /** Reads as what is asked: `no-cross-region-import`. */
  readonly id: string;
  readonly summary: string;
  /** What happens in a disaster where it is broken. */
  readonly why: string;
  /** What breaks it: construct paths, each with its reason. */
  find(stack: JudgedStack, assembly: JudgedAssembly): readonly { readonly path: string; readonly reason: string }[];
}

/** Tag of what a recovery deploys: its value is the event's id. */
export const eventTag = 'altsite:event';
export const siteTag = 'altsite:site';
export const isEventStack = ({ tags }: JudgedStack): boolean => tags[eventTag] !== undefined;
export const isSiteStack = ({ tags }: JudgedStack): boolean => tags[siteTag] !== undefined;
