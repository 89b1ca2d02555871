import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { matcherOf, valuesIn } from './filter-pattern.js';
import { groupNamed, invalid, logs, type LogGroup, type MetricFilterRecord } from './records.js';

const mostFilters = 100;
const mostDimensions = 3;
const fieldPath = /^\$(\.[A-Za-z0-9_-]+)+$/;

const checkTransformation = (transformation: Logs.MetricTransformation): void => {
  const { metricName, metricNamespace, metricValue = '', dimensions = {}, defaultValue } = transformation;
  accept('logs.PutMetricFilter', transformation, ['metricName', 'metricNamespace', 'metricValue', 'dimensions', 'defaultValue', 'unit']);
  if (!metricName || !metricNamespace || /[:*$]/.test(metricName + metricNamespace)) throw invalid('Invalid metric name or namespace.');
  if (metricNamespace.startsWith('AWS/')) throw invalid('Metric namespaces that begin with AWS/ are reserved.');
  if (metricValue === '' || (Number.isNaN(Number(metricValue)) && !fieldPath.test(metricValue)))
    throw invalid(`Invalid metric value '${metricValue}': a number, or a field of a JSON event such as $.latency.`);
  if (Object.keys(dimensions).length > mostDimensions) throw invalid(`At most ${mostDimensions} dimensions can be specified.`);
  if (Object.keys(dimensions).length > 0 && defaultValue !== undefined)
    throw invalid('Invalid metric transformation: dimensions and default value are mutually exclusive properties.');
  const literal = Object.values(dimensions).find((value) => !fieldPath.test(value));
  if (literal !== undefined) throw invalid(`Invalid dimension value '${literal}': a field of a JSON event such as $.site.`);
};

const described = ({ name, pattern, transformation, createdAt }: MetricFilterRecord, group: LogGroup): Logs.MetricFilter => ({
  filterName: name,
  filterPattern: pattern,
  metricTransformations: [transformation],
  creationTime: createdAt,
  logGroupName: group.name,
});

const filtersFrom = (ctx: Context, groupName: string | undefined): { group: LogGroup; filter: MetricFilterRecord }[] => {
  const groups = groupName === undefined ? [...logs(ctx).groups.values()] : [groupNamed(ctx, groupName)];
  return groups.flatMap((group) => [...group.metricFilters.values()].map((filter) => ({ group, filter })));
};

export const metricFilters = {
  PutMetricFilter: (input, ctx) => {
    accept('logs.PutMetricFilter', input, ['logGroupName', 'filterName', 'filterPattern', 'metricTransformations']);
    const group = groupNamed(ctx, input.logGroupName);
    const name = need(input.filterName, 'filterName', 'InvalidParameterException');
    if (/[:*]/.test(name) || name.length > 512) throw invalid(`Invalid filter name '${name}'.`);
    const [transformation, another] = input.metricTransformations ?? [];
    if (!transformation || another) throw invalid('A metric filter has exactly one metric transformation.');
    checkTransformation(transformation);
    const pattern = input.filterPattern ?? '';
    matcherOf(pattern);
    const held = group.metricFilters.get(name);
    if (!held && group.metricFilters.size >= mostFilters) throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
    group.metricFilters.set(name, { name, pattern, transformation, createdAt: held?.createdAt ?? ctx.now() });
    return {};
  },
  DescribeMetricFilters: (input, ctx) => {
    const { metricName, metricNamespace, filterNamePrefix = '' } = input;
    if ((metricName === undefined) !== (metricNamespace === undefined))
      throw invalid('metricName and metricNamespace have to be given together.');
    const found = filtersFrom(ctx, input.logGroupName)
      .filter(({ filter }) => filter.name.startsWith(filterNamePrefix))
      .filter(({ filter: { transformation } }) => metricName === undefined || transformation.metricName === metricName)
      .filter(({ filter: { transformation } }) => metricNamespace === undefined || transformation.metricNamespace === metricNamespace)
      .sort((one, other) => (one.filter.name < other.filter.name ? -1 : 1));
    const { items, next } = page(found, { token: input.nextToken, most: input.limit ?? 50 }, () =>
      invalid('The specified nextToken is invalid.'),
    );
    return { metricFilters: items.map(({ filter, group }) => described(filter, group)), nextToken: next };
  },
  DeleteMetricFilter: ({ logGroupName, filterName }, ctx) => {
    if (!groupNamed(ctx, logGroupName).metricFilters.delete(filterName ?? ''))
      throw new AwsError('ResourceNotFoundException', 'The specified metric filter does not exist.');
    return {};
  },
  TestMetricFilter: ({ filterPattern = '', logEventMessages = [] }) => {
    const matches = matcherOf(filterPattern);
    const numbered = logEventMessages.map((eventMessage, at) => ({ eventNumber: at + 1, eventMessage }));
    return {
      matches: numbered
        .filter(({ eventMessage }) => matches(eventMessage))
        .map((event) => ({ ...event, extractedValues: valuesIn(event.eventMessage, filterPattern) })),
    };
  },
} satisfies Operations<typeof Logs>;
