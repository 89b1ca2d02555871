import { Command, Option } from 'commander';
import type { Which } from './ask-twin.js';
import type { FaultOptions } from './inject-fault.js';
import { Invalid } from './invalid.js';
import type { RunOptions } from './run-twin.js';
import { jsonObject, moment, portNumber, seconds, speedFactor } from './values.js';

export const usualPort = 4577;

/** The command `twin` and what it has below it. It loads nothing that works until something is to be done. */
export const twinProgram = (): Command => {
  const twin = new Command('twin').exitOverride().enablePositionalOptions();
  twin
    .description('a local AWS in the foreground, for cdk, the AWS CLI and other tools')
    .option('--port <port>', 'port of the AWS door; 0 takes a free one', portNumber, usualPort)
    .option('--speed <factor>', 'world seconds per real second while nobody owns the clock; 0 stands still', speedFactor, 1)
    .option('--seed <seed>', 'everything that is left to chance follows from it', '1')
    .option('--starts-at <instant>', 'when the world begins (default: the next 02:00Z at least an hour ahead)', moment)
    .option('--json', 'one JSON object on stdout once it is ready')
    .allowExcessArguments()
    .addHelpText(
      'after',
      `
It prints shell lines on stdout that lead AWS clients to it, and what is inside on stderr.

Examples:
  altsite twin --speed 0
  altsite twin > twin.env &                 then, in any shell: . ./twin.env
  altsite twin --port 0 --seed 7 --starts-at 2030-01-01T02:00:00Z --json`,
    )
    .action(async (options: RunOptions, command: Command) => {
      const [unknown] = command.args;
      const known = command.commands.map((one) => one.name()).join(', ');
      if (unknown !== undefined)
        throw new Invalid(`altsite twin has no command ${unknown}`, `it has ${known}, and starts a twin without one`);
      await (await import('./run-twin.js')).runTwin(options);
    });
  whichTwin(twin.command('summary').description('what is in a running twin now, region by region'))
    .addHelpText('after', '\nExamples:\n  altsite twin summary\n  altsite twin summary --twin http://127.0.0.1:4577 --json')
    .action(async (which: Which) => (await import('./summarise-twin.js')).summariseTwin(which));
  whichTwin(twin.command('stop').description('ends a running twin and all its processes'))
    .addHelpText('after', '\nExamples:\n  altsite twin stop\n  altsite twin stop --port 4577')
    .action(async (which: Which) => (await import('./stop-twin.js')).stopTwin(which));
  whichTwin(twin.command('fault').description('injects a fault into a running twin').argument('<name>', 'GET /_twin/faults tells them all'))
    .option('--region <region>', 'where it happens', 'eu-west-1')
    .option('--for <duration>', 'how long it lasts in the world, as 90s, 30m or 2h', seconds)
    .option('--with <json>', 'whatever else the fault takes, as {"service":"rds"}; GET /_twin/faults says what that is', jsonObject)
    .addHelpText(
      'after',
      `
Examples:
  altsite twin fault region-outage --region eu-west-1
  altsite twin fault throttling --region eu-central-1 --for 30m --with '{"service":"rds"}'`,
    )
    .action(async (name: string, options: FaultOptions) => (await import('./inject-fault.js')).injectFault(name, options));
  whichTwin(
    twin
      .command('push')
      .description("puts a container image of this machine into a running twin's registry, as docker push would")
      .argument('<image>', 'repository and digest, as web.image in the settings'),
  )
    .option('--region <region>', 'whose registry', 'eu-west-1')
    .addHelpText(
      'after',
      `
The repository has to be there. What the registry replicates is in the other region some minutes of the world's time later.

Examples:
  altsite twin push sample-web-application@sha256:add71acf81d66d57a9654b261b54a4c34bb0bdc3917fc1af85544803f627cf6a`,
    )
    .action(async (image: string, options: Which & { region: string }) => (await import('./push-image.js')).pushImage(image, options));
  return twin;
};

/** Options of every command that speaks to a twin that runs already. */
const whichTwin = (command: Command): Command =>
  command
    .option('--port <port>', 'the twin at this port', portNumber)
    .addOption(new Option('--twin <url>', 'the twin at this URL; default: the newest in $ALTSITE_HOME').conflicts('port'))
    .option('--json', 'one JSON object on stdout');
