import { browserHost } from './browser-host.ts'
import { type Host, nodeModule } from './host.ts'
import { nodeHost } from './node-host.ts'

let host: Host | undefined

/** The host of this thread. */
export function defaultHost(): Host {
  host ??= nodeModule('node:async_hooks') !== undefined ? nodeHost() : browserHost()
  return host
}
