import type { Credentials } from '../../recovery/adapters/assumed-role.js';
import { awsClients } from '../../recovery/adapters/aws-clients.js';
import { RecoveryError } from '../../recovery/model/recovery-error.js';
import type { Aws } from '../../recovery/ports/aws.js';
import type { SdkClient } from '../../twin/doors/in-process.js';
import { accessKeyOf } from '../../twin/wire/credential.js';

export interface Asked {
  readonly service: string;
  readonly region: string;
  readonly operation: string;
}
/** What becomes of the call asked as the `at`th, counted from 1: it never reaches AWS, its answer is lost after AWS acted, or we are. */
export interface Trouble {
  readonly at: number;
  readonly kind: 'throttled' | 'denied' | 'answer-lost' | 'killed';
}

/** The AWS port as a run has it, its clients attached to services of the twin in this process. Remembers every call. */
export const awsOver = (attachToTwin: (client: SdkClient) => void) => {
  const asked: Asked[] = [];
  let trouble: Trouble | undefined;

  type Handler = (args: object) => Promise<object>;
  const troubling =
    ({ config }: SdkClient) =>
    (next: Handler, { commandName = '' }: { commandName?: string }): Handler =>
    async (args) => {
      const operation = commandName.replace(/Command$/, '');
      asked.push({ service: config.serviceId.toLowerCase().replaceAll(' ', '-'), region: await config.region(), operation });
      const troubled = trouble?.at === asked.length ? trouble.kind : undefined;
      if (troubled === 'throttled') throw sdkError('ThrottlingException', 'Rate exceeded', 400);
      if (troubled === 'denied') throw sdkError('AccessDeniedException', 'not authorized', 403);
      if (troubled === 'killed') {
        await next(args).catch(() => undefined);
        // A bug is the one thing that nobody on the way makes an answer of AWS's out of.
        throw new RecoveryError('bug', 'killed', operation, { cause: new Error(`killed after ${operation} was sent`) });
      }
      const answer = await next(args);
      if (troubled === 'answer-lost') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      return answer;
    };
  const attach = (client: SdkClient): void => {
    client.middlewareStack.add(troubling(client) as never, { step: 'initialize', priority: 'low', name: 'trouble' });
    attachToTwin(client);
  };
  const settings = {
    endpoint: 'http://127.0.0.1:9',
    credentials: { accessKeyId: accessKeyOf('111122223333'), secretAccessKey: 'test' },
    headers: () => ({}),
    attach: attach,
  };
  return {
    aws: awsClients(settings),
    /** The same with other credentials; what it takes to get them is neither remembered nor troubled. */
    awsAs: (role: (own: Aws) => () => Promise<Credentials>): Aws =>
      awsClients({ ...settings, credentials: role(awsClients({ ...settings, attach: attachToTwin })) }),
    asked,
    /** Counts calls from now on, and troubles one of them. */
    troubled: (next: Trouble | undefined): void => {
      asked.length = 0;
      trouble = next;
    },
  };
};

const sdkError = (name: string, message: string, httpStatusCode: number): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
