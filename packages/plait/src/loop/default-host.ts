import { browserHost } from './browser-host.ts'
import { nodeModule } from '../coroutine/node-module.ts'
import type { Host } from './host.ts'
import { nodeHost } from './node-host.ts'

let host: Host | undefined

/** The host of this thread. */
export function defaultHost(): Host {
  host ??= nodeModule('node:async_hooks') !== undefined ? nodeHost() : browserHost()
  return host
}
