// What the roles stand on in a Node process, beside the folder: passwords, waiting, and calls to hubs.
import { httpTransport } from '#roles/sync/http-transport.ts';
import type { Timers, Transport } from '#roles/sync/transport.ts';
import type { PasswordTools } from '#roles/station.ts';
import { nodePasswords } from '../passwords.ts';
import { nodeTimers } from '../timers.ts';

export interface StationPorts {
  readonly passwords: PasswordTools;
  readonly timers: Timers;
  readonly transport: (url: string) => Transport;
}

export function stationPorts(): StationPorts {
  return { passwords: nodePasswords(), timers: nodeTimers, transport: (url) => httpTransport(url, fetch) };
}

/** `http://host:4000` of what a person typed, path and slash taken off. */
export function originOf(url: URL): string {
  return url.origin;
}
