import { Coroutine } from './coroutine.ts'
import { FOREIGN } from './frame-state.ts'
import { nextOf, twinOf } from './twin.ts'
import type { Resume, Wait } from './wait.ts'

/** The coroutine of a call of a plain function that can be suspended, not started; undefined for other functions. */
export function greenletOf<T>(
  fn: (...args: never[]) => unknown,
  args: readonly unknown[],
  self?: unknown,
): Coroutine<T> | undefined {
  const twin = twinOf(fn)
  if (twin === undefined) return undefined
  const gen = Reflect.apply(twin, self, args) as Generator<Wait, T, Resume>
  const made = new Coroutine<T>(gen, fn)
  if ((gen.next as unknown) !== nextOf) made._flags |= FOREIGN
  return made
}
