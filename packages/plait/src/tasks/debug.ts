import { addWatch, type Unwaited, type Watch } from '../coroutine/watch.ts'
import type { Instrument } from '../loop/instrument.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { currentLoop } from './current.ts'
import type { ExceptionContext } from './report.ts'
import type { Task } from './task.ts'

/** A loop, as debug mode watches it. */
export interface Debugged extends Scheduler {
  callExceptionHandler(context: ExceptionContext): void
}

/** Debug mode of one loop, from when it is switched on until `end`. */
export interface DebugSession {
  slowStepMs: number
  /** Reports what was made and never waited for, and stops watching. */
  end(): void
}

/** Watches a loop for mistakes that are silent by nature. */
export function debugInstrument(loop: Debugged): DebugSession {
  const born = new Map<Unwaited, string>()
  const watch: Watch = {
    born: thing => {
      if (currentLoop() === loop) born.set(thing, placeOf(new Error()))
    },
    forgotten: thing => void born.delete(thing),
  }
  const unwatch = addWatch(watch)
  const instrumentBefore = loop.instrument
  let stepBegan = 0

  const session: DebugSession = {
    slowStepMs: 100,
    end: () => {
      unwatch()
      loop.instrument = instrumentBefore
      for (const [thing, place] of born) {
        loop.callExceptionHandler({
          message: `${thing.name} was made and never waited for${place}: write yield* or await before it`,
        })
      }
      born.clear()
    },
  }
  const instrument: Instrument<Task<unknown>> = {
    ...instrumentBefore,
    stepBegins: task => {
      stepBegan = performance.now()
      instrumentBefore?.stepBegins?.(task)
    },
    stepEnds: task => {
      const took = performance.now() - stepBegan
      if (took > session.slowStepMs) {
        loop.callExceptionHandler({
          message: `a step of ${task.name} took ${Math.round(took)} ms, and nothing else ran meanwhile`,
          title: task.name,
        })
      }
      instrumentBefore?.stepEnds?.(task)
    },
    swallowedCancel: task => {
      loop.callExceptionHandler({
        message: `${task.name} was cancelled and ended as if it had not been: a catch took the CancelledError; write "if (isCancelled(error)) throw error", or uncancel()`,
        title: task.name,
      })
      instrumentBefore?.swallowedCancel?.(task)
    },
  }
  loop.instrument = instrument as Instrument
  return session
}

/** Where something was made: the first line of a stack that is not the library's own. */
function placeOf({ stack = '' }: Error): string {
  const line = stack.split('\n').find(at => at.startsWith('    at ') && !at.includes(LIBRARY))
  return line === undefined ? '' : ` (made ${line.trim()})`
}

/** The library's folder, as stack traces write it. */
const LIBRARY: string = (
  /\(?([^\s()]*)[/\\][^/\\]*:\d+:\d+\)?$/.exec(new Error().stack?.split('\n')[1] ?? '')?.[1] ?? '?'
).replace(/[/\\](?:tasks|chunks)$/, '/')
