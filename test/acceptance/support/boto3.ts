import { spawnSync } from 'node:child_process';

/** Whether there is a python3 with boto3 here; says so where there is not. */
export const hasBoto3 = (): boolean => {
  const found = spawnSync('python3', ['-c', 'import boto3']).status === 0;
  if (!found) process.stderr.write('python3 with boto3 is not here: what boto3 sees is not checked\n');
  return found;
};

/** What a boto3 script prints as JSON, against the twin of `environment`. @throws with what it said when it fails. */
export const boto3 = (script: string, environment: Readonly<Record<string, string>>): unknown => {
  const ran = spawnSync('python3', ['-c', `import boto3, json\n${script}`], { env: { ...process.env, ...environment }, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`python3 ended with ${ran.status}: ${ran.stderr}`);
  return JSON.parse(ran.stdout);
};
