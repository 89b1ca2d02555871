/** Whether a host, as an address, is this machine; names are not resolved and never are. */
export const isLoopback = (host: string): boolean => /^127\.\d+\.\d+\.\d+$/.test(host) || host === '[::1]' || host === '::1';
