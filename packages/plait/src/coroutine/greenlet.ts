import { Coroutine } from './coroutine.ts'
import { plainRecordOf, type TwinMaker } from './twin.ts'
import type { Resume, Wait } from './wait.ts'

/** The coroutine of a call of a plain function that can be suspended, not started; undefined for other functions. */
export function greenletOf<T>(
  fn: (...args: never[]) => unknown,
  args: readonly unknown[],
  self?: unknown,
): Coroutine<T> | undefined {
  const record = plainRecordOf(fn)
  if (record === undefined) return undefined
  const { gen } = record
  const steps = record.isNative ? Reflect.apply(gen, self, args) : begun(gen, self, args)
  return new Coroutine<T>(steps as Generator<Wait, T, Resume>, fn)
}

/** As `greenletOf`, for a function that nothing can be suspended in, since it calls nothing that waits. */
export function stillGreenlet<T>(fn: (...args: never[]) => T, args: readonly unknown[]): Coroutine<T> {
  const steps = (function* (): Generator<Wait, T, Resume> {
    return Reflect.apply(fn, undefined, args as never[])
  })()
  return new Coroutine<T>(steps, fn)
}

/** The steps of a function that may begin something as it makes them: they are made when the first is taken. */
function* begun(
  gen: TwinMaker,
  self: unknown,
  args: readonly unknown[],
): Generator<unknown, unknown, unknown> {
  return yield* { [Symbol.iterator]: () => Reflect.apply(gen, self, args) }
}
