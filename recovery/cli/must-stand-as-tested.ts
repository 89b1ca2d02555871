import { canonical } from '../model/canonical.js';
import type { Plan } from '../model/plan.js';
import type { StandingAssembly } from '../model/published-assembly.js';
import { RecoveryError } from '../model/recovery-error.js';

/** @throws RecoveryError `invalid` where assemblies are published for the site recovered to, and it stands by none that was tested. */
export const mustStandAsTested = ({ assembly, to }: Pick<Plan, 'assembly' | 'to'>): void => {
  if (!assembly || assembly.digest !== null) return;
  throw new RecoveryError(
    'invalid',
    'untested-assembly',
    `${to.name} does not stand by a published assembly that was tested: ${assembly.because}; nothing was started. Deploy one first: altsite deploy --published DIGEST, with the stacks of ${to.name}`,
  );
};

/** @throws RecoveryError `invalid` where another assembly is published, or stands, than when the plan was made. */
export const mustStandAsPlanned = ({ assembly, to }: Pick<Plan, 'assembly' | 'to'>, now: StandingAssembly | undefined): void => {
  if (canonical(assembly ?? null) === canonical(now ?? null)) return;
  const said = (one: StandingAssembly | undefined): string =>
    one ? `${one.digest ?? 'none that was tested'} (${one.because})` : 'none published';
  throw new RecoveryError(
    'invalid',
    'another-assembly',
    `the plan was made while ${to.name} stood by assembly ${said(assembly)}; now it is ${said(now)}; make another with altsite plan`,
  );
};
