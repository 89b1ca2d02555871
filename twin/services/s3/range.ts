import { AwsError } from '../../wire/aws-error.js';

/** The bytes a Range header names, both ends included; undefined for no header or one that is not a single byte range (served whole). */
export const byteRange = (header: string | undefined, size: number): { from: number; to: number } | undefined => {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from > to) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', {
      status: 416,
      fields: { RangeRequested: header, ActualObjectSize: String(size) },
    });
  }
  return { from, to };
};
