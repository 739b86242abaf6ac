import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { coroutine, type Operation, until } from 'plait'
import type { SiteReady } from './site-server.ts'

/** The crawler's own site, up and running in a process of its own. */
export interface OwnSite {
  readonly url: string
  readonly pages: number
  readonly process: ChildProcess
}

/** Starts the site's process. Suspends until it says where it listens; cancelled meanwhile, the process is ended. */
export const startOwnSite = coroutine(function* startOwnSite(): Operation<OwnSite> {
  const server = fork(fileURLToPath(new URL('./site-server.ts', import.meta.url)), [], {
    execPath: process.execPath,
    // Not ours: flags meant for this process, such as --inspect, would have the two fight over a port.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  try {
    const ready = yield* until(signal => firstWord(server, signal))
    return { url: `http://127.0.0.1:${ready.port}/`, pages: ready.pages, process: server }
  } catch (error) {
    yield* endProcess(server)
    throw error
  }
})

/** Ends the site's process. Suspends until it is gone. */
export const stopOwnSite = coroutine(function* stopOwnSite(site: OwnSite): Operation<void> {
  yield* endProcess(site.process)
})

async function firstWord(server: ChildProcess, signal: AbortSignal): Promise<SiteReady> {
  const ended = new AbortController()
  try {
    const both = AbortSignal.any([signal, ended.signal])
    return await Promise.race([
      once(server, 'message', { signal: both }).then(([ready]) => ready as SiteReady),
      once(server, 'exit', { signal: both }).then(([code]) => {
        throw new Error(`the site's process ended before it was up (exit code ${code})`)
      }),
    ])
  } finally {
    ended.abort()
  }
}

const endProcess = coroutine(function* endProcess(server: ChildProcess): Operation<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = once(server, 'exit')
  // It ends when it loses us; killed, it ends even if it hangs.
  if (server.connected) server.disconnect()
  else server.kill('SIGKILL')
  yield* until(gone)
})
