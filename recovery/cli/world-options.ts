import type { Command } from 'commander';

/** Options of every command that works in a world. */
export const worldOptions = (command: Command): Command =>
  command
    .option('--world <name>', 'twin (loopback only) or aws', 'twin')
    .option('--twin <url>', 'a twin or another emulator on loopback; default: the newest twin in $ALTSITE_HOME')
    .option('--account <id>', 'must equal the account of the credentials in --world aws')
    .option('--plans <directory>', 'contingency plan, runbooks and settings; default: plans/ambassify');
