/** Members that templates may write as text and the API wants as numbers or booleans. */
const numbers = new Set([
  'ContainerPort',
  'HostPort',
  'MaximumPercent',
  'MinimumHealthyPercent',
  'StartTimeout',
  'StopTimeout',
  'Weight',
  'Base',
]);
const flags = new Set(['Essential', 'Enable', 'Rollback', 'ReadonlyRootFilesystem', 'InitProcessEnabled']);
/** Maps whose keys are people's own words. */
const verbatim = new Set(['Options', 'DockerLabels']);

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const convert = (name: string, value: unknown): unknown => {
  if (verbatim.has(name)) return value;
  if (numbers.has(name)) return Number(value);
  if (flags.has(name)) return String(value) === 'true';
  return apiCase(value);
};

/** A template's value (`ContainerPort`) as the ECS API wants it (`containerPort`). */
export const apiCase = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(apiCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [lowerFirst(name), convert(name, member)]));
};
