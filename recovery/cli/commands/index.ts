import { ackCommand } from './ack.js';
import { checkCommand } from './check.js';
import { adoptCommand } from './adopt.js';
import type { CliCommand } from '../command.js';
import { decideCommand } from './decide.js';
import { deployCommand } from './deploy.js';
import { pauseCommand } from './pause.js';
import { planCommand } from './plan.js';
import { portabilityCommand } from './portability.js';
import { publishCommand } from './publish.js';
import { rehearseCommand } from './rehearse.js';
import { reportCommand } from './report.js';
import { resumeCommand } from './resume.js';
import { runCommand } from './run.js';
import { simulateCommand } from './simulate.js';
import { statusCommand } from './status.js';

/** Every command but `twin`, which is the twin's own. */
export const commands: readonly CliCommand[] = [
  rehearseCommand,
  checkCommand,
  portabilityCommand,
  deployCommand,
  publishCommand,
  planCommand,
  simulateCommand,
  runCommand,
  resumeCommand,
  statusCommand,
  pauseCommand,
  ackCommand,
  decideCommand,
  reportCommand,
  adoptCommand,
];
