import type { Settings, SiteSettings } from './contract/settings.js';

/** Which site is recovered where. */
export interface Recovered {
  readonly settings: Settings;
  readonly from: SiteSettings;
  readonly to: SiteSettings;
}

/** What actions may be done to, by whoever declares them. */
export interface ActionScope {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Record<string, unknown>;
  /** Absent: by tasks, and by the recovery around them. */
  readonly by?: 'task' | 'orchestrator';
}

type Scoped = (sid: string, actions: string[], resources: string[], conditions?: Record<string, unknown>) => ActionScope;
export const allow: Scoped = (sid, actions, resources, conditions) => ({ sid, actions, resources, ...(conditions ? { conditions } : {}) });
/** Not for the recovery around the tasks. */
export const byTask: Scoped = (...given) => ({ ...allow(...given), by: 'task' });
/** Not for tasks. */
export const around: Scoped = (...given) => ({ ...allow(...given), by: 'orchestrator' });

/** An ARN in the account and region recovered to. */
export const arn = ({ settings, to }: Recovered, service: string, resource: string): string =>
  `arn:aws:${service}:${to.region}:${settings.account}:${resource}`;

export const inRegion = ({ to }: Recovered) => ({ StringEquals: { 'aws:RequestedRegion': to.region } });
