import { madeVars } from '../../coroutine/context-var.ts'
import type { Waiting } from '../../coroutine/wait.ts'
import type { Instrument } from '../../loop/instrument.ts'
import { createTask } from '../../tasks/create-task.ts'
import { deadlockOf } from '../../tasks/deadlock.ts'
import { getEventLoop } from '../../tasks/event-loop.ts'
import type { Task } from '../../tasks/task.ts'
import { ChannelPorts } from '../channel-ports.ts'
import type { Claims } from '../claims.ts'
import { encodeError } from '../error-codec.ts'
import { call, jobOf } from '../job-runner.ts'
import { JobServer, numberOfOrder } from '../job-server.ts'
import { Link } from '../link.ts'
import { loadFunction } from '../load-function.ts'
import { ASK_QUIET, DYING, END, HELLO, NOT_STARTED, QUIET, READY } from '../messages.ts'
import { reachParent } from '../parent-executor.ts'
import type { Transport } from '../transport.ts'
import type { WorkerSettings } from '../worker-settings.ts'
import { shareOwnKernel } from './own-kernel.ts'
import { here } from './place.ts'
import { quietWarnings } from './quiet-warnings.ts'

/** Serves the pool that made this worker, until it says that no more will come. */
export function serve(transport: Transport, way: string, claims: Claims | undefined): void {
  madeVars.byName = new Map()
  shareOwnKernel()
  quietWarnings()
  const link = new Link(transport)
  const handles = new ChannelPorts(link)
  link.on([HELLO], ([, settings]) => begin(settings as WorkerSettings))
  link.on([END], () => process.exit())
  // Before anything else hears of it: the pool wants to know what a worker died of.
  process.prependListener('uncaughtException', error => {
    link.post([DYING, encodeError(error)])
    process.exit(1)
  })
  here.link = link
  here.poll = pollOf(link, claims)
  reachParent(link, handles, way)
  link.open()

  function begin(settings: WorkerSettings): void {
    here.depth = settings.depth
    const { concurrency } = settings
    const server: JobServer = new JobServer(link, handles, {
      ...{ loop: getEventLoop, concurrency, way, claims },
      changed: () => {
        if (claims === undefined) return
        // Of one that is alone every step is, also those that keep others from being heard of.
        if (server.begun > 1) watchSteps(claims)
        else claims.stepping = server.onlyJob
      },
    })
    noticeStuck(link, server)
    const task = createTask(initialize(settings), { name: `the initializer of ${settings.name}` })
    task._watch({
      _notify: () => {
        const error = task.exception()
        link.post(error === undefined ? [READY] : [NOT_STARTED, encodeError(error)])
        if (error !== undefined) process.exit(1)
      },
    })
  }
}

function* initialize({ initializer, initializerArgs }: WorkerSettings): Waiting<void> {
  if (initializer === undefined) return
  yield* call({ name: initializer.name, args: initializerArgs, load: () => loadFunction(initializer) })
}

/** Looks for messages where that is asked for in the middle of a step, if there may be any. */
function pollOf(link: Link, claims: Claims | undefined): () => void {
  let seen = claims?.calls
  return () => {
    if (claims === undefined || claims.calls === seen) return
    seen = claims.calls
    link.poll()
  }
}

/**
 * A worker waits for messages, so it never ends by itself: a job in which everybody waits for everybody would hang without
 * a word. While there are jobs the link does not keep the thread alive, and whether anything else does is for the host
 * to say. What waits for the world outside, the other end of the link too, is waited for.
 *
 * So too where the other end asks whether anything can still come from here.
 */
function noticeStuck(link: Link, server: JobServer): void {
  const loop = getEventLoop()
  let isAsked = false
  link.on([ASK_QUIET], () => {
    isAsked = true
  })
  link.heard = () => link.keepAlive(server.size === 0 && !isAsked)
  process.on('beforeExit', () => {
    link.keepAlive(true)
    if (isAsked) link.post([QUIET])
    isAsked = false
    if (server.size > 0 && loop._isStuck && loop._outside === 0) server.failAll(deadlockOf(loop))
  })
}

/** Has the pool see whose step this thread is in, where several jobs share it. */
function watchSteps(claims: Claims): void {
  const loop = getEventLoop()
  if (loop.instrument !== undefined) return
  const instrument: Instrument<Task<unknown>> = {
    stepBegins: task => {
      claims.stepping = numberOfOrder(jobOf(task))
    },
    stepEnds: () => {
      claims.stepping = 0
    },
  }
  loop.instrument = instrument as Instrument
}
