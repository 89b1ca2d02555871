import type { InterferedCall } from '../world/interference.js';

/** A call that this region's control plane answers (IAM's and Route 53's are us-east-1's), of one service or of any. */
export const isAnsweredIn = (region: string, service: string | undefined, call: InterferedCall): boolean =>
  call.controlPlaneRegion === region && (service === undefined || service === call.service);

/** Made by a client, not by a service on one's behalf. */
export const isClients = ({ ctx }: InterferedCall): boolean => ctx.caller.via === 'client';
