import { isAbsolute, join } from 'node:path';
import { packageRoot } from './package-root.js';

/** The folder that plans and settings are read from. */
export const plansFolder = (cwd: string, plans: string | undefined): string =>
  plans === undefined ? join(packageRoot, 'plans', 'ambassify') : isAbsolute(plans) ? plans : join(cwd, plans);

export const settingsFile = (cwd: string, plans: string | undefined): string => join(plansFolder(cwd, plans), 'settings.yaml');
