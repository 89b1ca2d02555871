import type { GlobalOutputs, SiteFacts, SiteOutputs } from '../../lib/contract/outputs.js';
import type { Instant } from './time.js';
import type { StandingAssembly } from './published-assembly.js';
import type { Site } from './site.js';
import type { TaskDuration } from './task-duration.js';

export const modes = ['drill', 'failover', 'switchover', 'failback'] as const;
export type Mode = (typeof modes)[number];
export type WorldName = 'twin' | 'aws';
export type Effect = 'reversible' | 'irreversible' | 'destructive';
/** Whether a task's work can be taken back: by the step itself, not at all, or there is nothing to take back. */
export type Undoing = 'undoes' | 'nothing-to-undo' | 'point-of-no-return';
/** The part a step has in moving traffic safely: it proves that this site passed, keeps the lost site from writing, or moves. */
export type Part = 'receipt' | 'fence' | 'cut-over';
/** Whose region is called: that of the site recovered to, that of the lost site, or the witness. */
export type Asked = 'to' | 'from' | 'witness';

/** What was promised, in seconds from the disruption. */
export interface Objective {
  readonly rtoSeconds: number;
  readonly rpoSeconds: number;
  readonly mtdSeconds: number;
}

/** One planned use of a step, a set of checks, or a person. */
export type Task = {
  readonly id: string;
  readonly title: string;
  readonly team: string;
  /** The role that leads the team. */
  readonly leader: string;
  readonly phase: string;
  /** The task of the written plan this belongs to, and that plan's line. */
  readonly procedure: string;
  readonly planLine: number;
  readonly needs: readonly string[];
  /** Why it needs what nothing else shows that it needs, by need: the runbook's own words. */
  readonly because: Readonly<Record<string, string>>;
  /** The system it is for, of those a procedure is carried out for each; null: it is for all. */
  readonly system: string | null;
  /** Goes first where it competes with what is not. */
  readonly critical: boolean;
  /** Names of what its work changes; two tasks that change one thing must not run side by side. */
  readonly writes: readonly string[];
  readonly part: Part | null;
  readonly asks: readonly Asked[];
  /** What of an account's quotas its work takes for good, by their names; absent: nothing. */
  readonly consumes?: Readonly<Record<string, number>>;
  readonly effect: Effect;
  readonly iam: readonly string[];
  readonly undo: Undoing;
  /** Whether a person may have it count as finished without its work. Never a gate. */
  readonly skippable: boolean;
  readonly duration: TaskDuration;
  /** That of `duration`. */
  readonly expectedSeconds: number;
  readonly limitSeconds: number;
} & Work;
export type Work =
  | { readonly does: 'step'; readonly uses: string; readonly with: Readonly<Record<string, unknown>> }
  | { readonly does: 'gate'; readonly checks: readonly PlannedCheck[] }
  | { readonly does: 'ask'; readonly owner: string; readonly request: string };

/** One claim of a gate. */
export interface PlannedCheck {
  readonly uses: string;
  readonly with: Readonly<Record<string, unknown>>;
  /** Whether the authority may let the run go on though it does not hold. */
  readonly waivable: boolean;
  /** How long it may stay other than true before that is the answer. */
  readonly patienceSeconds: number;
}

/** A task that was written, and is not done because of what was observed of the sites. */
export interface LeftOut {
  readonly task: string;
  readonly does: Task['does'];
  readonly because: string;
}

/** Something observed of the sites when the plan was made. */
export interface SurveyFact {
  readonly name: string;
  readonly source: string;
  readonly at: Instant;
}

/** How much of something AWS lets the account have in a region, and how much there is already. */
export interface Quota {
  /** `rds:DBInstances` */
  readonly name: string;
  readonly region: string;
  readonly used: number;
  readonly limit: number;
  readonly source: string;
}

/** What the steps work with: every fact a run needs, observed beforehand and outside the lost region. */
export interface Targets {
  /** The lost site, as its facts were synthesised into the other region. */
  readonly facts: SiteFacts;
  /** The site recovered to. */
  readonly site: SiteOutputs;
  readonly global: GlobalOutputs;
}

/** Everything observed before planning. */
export interface Surveyed {
  readonly targets: Targets;
  readonly facts: readonly SurveyFact[];
  /** Of the region recovered to. */
  readonly quotas: readonly Quota[];
  /** Absent: no assembly is published for the site recovered to. */
  readonly assembly?: StandingAssembly;
}

/** A runbook with every choice made; immutable, named by its hash. */
export interface Plan {
  readonly version: 1;
  readonly organisation: string;
  readonly title: string;
  readonly mode: Mode;
  readonly world: WorldName;
  readonly from: Site;
  readonly to: Site;
  readonly objective: Objective;
  /** Everyone the plan names, by role. */
  readonly roles: readonly string[];
  /** Who has authority, first to last. */
  readonly succession: readonly string[];
  readonly targets: Targets;
  readonly survey: readonly SurveyFact[];
  /** As they stood when the plan was made. */
  readonly quotas: readonly Quota[];
  /** The published assembly that the site recovered to stood by; absent: none was published. */
  readonly assembly?: StandingAssembly;
  readonly tasks: readonly Task[];
  readonly leftOut: readonly LeftOut[];
}
