import { Coroutine } from '../coroutine/coroutine.ts'
import { misuse } from '../errors/misuse.ts'
import type { MisuseError } from '../errors/misuse-error.ts'
import { show } from '../errors/show.ts'
import { isOperation, isPromiseLike } from './runnable.ts'

/** The error for a plain `yield` of something, inside a task: what was it meant to be? */
export function wrongYield(value: unknown): MisuseError {
  if (value instanceof Coroutine) return misuse('forgottenStar', `${value.name}(…)`)
  if (isOperation(value)) return misuse('forgottenStar', title(value))
  if (isPromiseLike(value)) return misuse('yieldedPromise')
  return misuse('notAWait', value)
}

function title(value: object): string {
  return 'name' in value && typeof value.name === 'string' ? value.name : show(value)
}
