import type { Command } from 'commander';

/** Where runs are kept, and the world that says so. */
export interface StoreOptions {
  readonly store?: string;
  readonly world?: string;
  readonly twin?: string;
  readonly account?: string;
  readonly plans?: string;
}

export const storeOption = (command: Command): Command =>
  command.option(
    '--store <name>',
    'where runs are kept: file ($ALTSITE_HOME) or s3 (the journal bucket of the site recovered to); default: file, in --world aws s3',
  );

/** Options of every command that works on a run without entering its world. */
export const storeOptions = (command: Command): Command =>
  storeOption(command)
    .option('--world <name>', 'with --store s3: twin or aws; aws alone means --store s3')
    .option('--twin <url>', 'a twin on loopback; default: the newest in $ALTSITE_HOME')
    .option('--account <id>', 'with --world aws: must equal the account of the credentials')
    .option('--plans <directory>', 'with --store s3: whose settings name the bucket; default: plans/ambassify');
