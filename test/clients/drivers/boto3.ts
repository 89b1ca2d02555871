import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Client } from './driver.js';
import { lineDriver } from './line-driver.js';

/** The AWS SDK for Python. */
export const boto3: Client = {
  name: 'boto3',
  missing: () => {
    const { status, error } = spawnSync('python3', ['-c', 'import boto3']);
    if (error) return 'there is no python3 here';
    return status === 0 ? undefined : 'python3 has no boto3 (pip install boto3)';
  },
  open: (environment) => lineDriver('python3', [fileURLToPath(new URL('./boto3-calls.py', import.meta.url))], environment),
};
