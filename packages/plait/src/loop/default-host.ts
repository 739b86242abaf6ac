import { nodeModule } from '../coroutine/node-module.ts'
import { browserHost } from './browser-host.ts'
import type { Host } from './host.ts'
import { nodeHost } from './node-host.ts'

let host: Host | undefined

/**
 * The host of this thread: Node's, or that of a browser. To wrap it, or to stand beside it in a test.
 *
 * @example
 * ```ts
 * const loop = new EventLoop({ host: { ...defaultHost(), asyncContext: undefined } })
 * ```
 */
export function defaultHost(): Host {
  host ??= nodeModule('node:async_hooks') !== undefined ? nodeHost() : browserHost()
  return host
}
