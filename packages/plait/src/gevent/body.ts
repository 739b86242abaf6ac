import { type AnyFunction, lend, plainRecordOf } from '../coroutine/twin.ts'
import { misuse } from '../errors/misuse-gevent.ts'

/** What a task runs that is to call a function with these arguments, of whatever color. */
export function bodyOf(fn: AnyFunction | undefined, args: readonly unknown[], self?: unknown): () => unknown {
  const body = (): unknown => Reflect.apply(fn as AnyFunction, self, args)
  const record = plainRecordOf(fn)
  return record === undefined ? body : lend(body, () => Reflect.apply(record.gen, self, args))
}

export function checkRun(what: string, fn: unknown): void {
  if (typeof fn !== 'function') throw misuse('notAFunctionToRun', what, fn)
}

/** How a call looks: its function and its arguments, these not at full length. */
export function callText(name: string, args: readonly unknown[]): string {
  if (args.length === 0) return name
  return `${name}(${args.map(shown).join(', ')})`
}

const LONGEST = 50

function shown(value: unknown): string {
  const text =
    typeof value === 'string'
      ? `'${value}'`
      : typeof value === 'function'
        ? value.name
        : Array.isArray(value)
          ? `[${value.map(shown).join(', ')}]`
          : String(value)
  return text.slice(0, LONGEST)
}
