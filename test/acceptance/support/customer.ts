import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { Twin } from './altsite.js';

/** Production as a customer meets it: a name, looked up for real, and HTTPS. */
export const customer = (
  twin: Pick<Twin, 'dns' | 'resolver' | 'overHoldingResolver' | 'certificateAuthority' | 'privilegedPortOffset'>,
  webName = 'www.ambassify.example',
  port = 443,
) => {
  const lookUp = async (name: string, server: string): Promise<string[]> => {
    const resolver = new Resolver({ timeout: 2000, tries: 2 });
    resolver.setServers([server]);
    return (await resolver.resolve4(name)).sort();
  };
  const https = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: string }> => {
    const [address] = await lookUp(webName, twin.resolver);
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: address,
          port: port + twin.privilegedPortOffset,
          method,
          path,
          timeout: 5000,
          agent: false,
          ca: readFileSync(twin.certificateAuthority),
          servername: webName,
          headers: { host: webName, 'content-type': 'application/json' },
        },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString()));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('no answer')));
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  };
  return {
    lookUp: (name = webName) => lookUp(name, twin.dns),
    /** What customers behind a resolver with a long memory are told. */
    lookUpBehindOverHolder: () => lookUp(webName, twin.overHoldingResolver),
    https,
    /** True when the write was acknowledged with 201. */
    order: async (id: string): Promise<boolean> => (await https('POST', '/orders', { id }).catch(() => ({ status: 0 }))).status === 201,
    orders: async (): Promise<Set<string>> => {
      const ids = new Set<string>();
      for (let after: string | null = ''; after !== null;) {
        const { status, body } = await https('GET', `/orders?after=${after}`);
        if (status !== 200) throw new Error(`GET /orders was answered ${status} ${body}`);
        const page = JSON.parse(body) as { ids: string[]; next: string | null };
        page.ids.forEach((id) => ids.add(id));
        after = page.next;
      }
      return ids;
    },
    site: async (): Promise<string> => (JSON.parse((await https('GET', '/info')).body) as { site: string }).site,
  };
};
