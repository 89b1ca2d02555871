import type { ProtocolName } from '../service-model.js';
import { awsJson } from './aws-json.js';
import type { Protocol } from './protocol.js';
import { query } from './query.js';
import { restJson } from './rest-json.js';
import { restXml } from './rest-xml.js';
import { rpcV2Cbor } from './rpc-v2-cbor.js';

/** Every wire protocol that the twin speaks. */
export const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  awsQuery: query('awsQuery'),
  ec2Query: query('ec2Query'),
  restXml,
  restJson1: restJson,
  awsJson1_0: awsJson('1.0'),
  awsJson1_1: awsJson('1.1'),
  rpcv2Cbor: rpcV2Cbor,
};
