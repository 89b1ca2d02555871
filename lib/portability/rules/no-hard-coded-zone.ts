import type { Rule } from '../judged.js';
import { texts, told } from '../walk.js';

export const noHardCodedZone: Rule = {
  id: 'no-hard-coded-zone',
  summary: 'availability zones are chosen by CloudFormation, not named',
  why: 'no other region has a zone of that name, and in another account it is another one',
  find: (stack) =>
    told(
      [...texts(stack)].flatMap(({ path, text, trail }) => {
        const [zone] = /\b[a-z]{2}(-[a-z]+)+-\d[a-f]\b/.exec(text) ?? [];
        return zone ? [{ path, reason: `names the zone ${zone} in ${trail.join('.')}` }] : [];
      }),
    ),
};
