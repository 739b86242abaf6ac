import type { Awaitable, Operation, Waiting } from '../coroutine/wait.ts'
import { Call } from '../tasks/call.ts'
import { runBody } from '../tasks/run-body.ts'
import { type Body, checkRunnable } from '../tasks/runnable.ts'

/** Runs a body with something taken, and gives it back however the body ends. */
export function hold<T>(
  what: string,
  acquire: () => Operation<Disposable>,
  body: Operation<T> | Body<[], T>,
): Awaitable<T> {
  checkRunnable(body)
  return new Call(what, () => holding(what, acquire(), body))
}

function* holding<T>(
  what: string,
  acquire: Operation<Disposable>,
  body: Operation<T> | Body<[], T>,
): Waiting<T> {
  const held = yield* acquire
  try {
    return yield* runBody(body, what)
  } finally {
    held[Symbol.dispose]()
  }
}
