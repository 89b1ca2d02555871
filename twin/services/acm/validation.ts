/**
 * DNS validation: ACM looks for its CNAME in the zones of the world until it is there, or three days are over.
 *
 * 1. A domain's record depends on account and domain alone: the same in every region and for every certificate, and `*.x` shares it with `x`
 *    (user guide, "DNS validation").
 * 2. What counts is what the name servers answer, so a change that is not INSYNC yet is not seen.
 */
import type { Context } from '../../world/context.js';
import { askNameServers } from '../route-53/data-plane.js';
import type { CertificateRecord, Validation } from './records.js';

/** Real letters only, as ACM's own second label has. */
const label = (digits: string): string => [...digits].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('');

export const validationOf = (domain: string, ctx: Context): Validation => {
  const owned = domain.toLowerCase().replace(/^\*\./, '');
  const chance = ctx.chance.stream(`acm.validation/${ctx.account}/${owned}`);
  const Name = `_${chance.hex(32)}.${owned}.`;
  const Value = `_${chance.hex(32)}.${label(chance.hex(10))}.acm-validations.aws.`;
  return { domain, record: { Name, Type: 'CNAME', Value }, isShown: false, isSeen: false };
};

const secondsToValidate = 72 * 3600;

export const beginValidation = (certificate: CertificateRecord, ctx: Context): void => {
  ctx.after(ctx.takes('acm.show-record'), `validation records of ${certificate.arn} are shown`, (then) => {
    for (const validation of certificate.validations) validation.isShown = true;
    look(certificate, 0, then);
  });
};

/** `waited`: seconds since the record was shown, told on, as an operation that is completed early moves no clock. */
const look = (certificate: CertificateRecord, waited: number, ctx: Context): void => {
  if (certificate.status !== 'PENDING_VALIDATION') return;
  for (const validation of certificate.validations) validation.isSeen ||= stands(validation, ctx);
  if (certificate.validations.every(({ isSeen }) => isSeen)) {
    ctx.after(ctx.takes('acm.issue'), `${certificate.arn} is issued`, (then) => {
      certificate.status = 'ISSUED';
      certificate.issuedAt = then.date();
    });
  } else if (waited >= secondsToValidate) {
    certificate.status = 'VALIDATION_TIMED_OUT';
  } else {
    const wait = ctx.takes('acm.look-for-record');
    ctx.after(wait, `ACM looks for the records of ${certificate.arn}`, (then) => look(certificate, waited + wait, then));
  }
};

const stands = ({ record: { Name, Value } }: Validation, ctx: Context): boolean =>
  askNameServers(ctx, Name, 'CNAME').answers.some(({ data }) => data.toLowerCase().replace(/\.?$/, '.') === Value);
