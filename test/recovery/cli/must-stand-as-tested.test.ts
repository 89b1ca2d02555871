import { describe, expect, it } from '@jest/globals';
import { mustStandAsPlanned, mustStandAsTested } from '../../../recovery/cli/must-stand-as-tested.js';
import { frankfurt } from '../../helpers/recovery-world.js';

const tested = { digest: 'a'.repeat(64), because: 'tested by a rehearsal' };
const untested = { digest: null, because: 'ambassify-frankfurt-service is not as in aaaa' };
const on = (assembly?: typeof tested | typeof untested) => ({ to: frankfurt, ...(assembly ? { assembly } : {}) });

describe('a run', () => {
  it('begins where the site stands by a tested assembly, or none is published', () => {
    expect(() => mustStandAsTested(on(tested))).not.toThrow();
    expect(() => mustStandAsTested(on())).not.toThrow();
  });

  it('does not begin where it stands by none that was tested, and says what differs and what to do', () => {
    expect(() => mustStandAsTested(on(untested))).toThrow(
      /ambassify-frankfurt-service is not as .* nothing was started.* altsite deploy --published/,
    );
  });

  it.each([
    ['another is published since', on(), tested],
    ['it stands by another', on(tested), { ...tested, digest: 'b'.repeat(64) }],
    ['it stands by none any more', on(tested), untested],
  ])('of a plan made before does not begin where %s', (_what, plan, now) => {
    expect(() => mustStandAsPlanned(plan, now)).toThrow(/make another with altsite plan/);
    mustStandAsPlanned(plan, plan.assembly);
  });
});
