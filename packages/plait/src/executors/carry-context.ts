import { type ContextVar, madeVars, Withheld } from '../coroutine/context-var.ts'
import { currentSeat, Surroundings } from '../coroutine/surroundings.ts'
import { findUnsendable } from './find-unsendable.ts'

/** The value of a context variable, by its name; or why it could not be sent. */
type CarriedVar = readonly [name: string, value: unknown, why?: string]

export type CarriedContext = readonly CarriedVar[]

const carried = new WeakMap<ReadonlyMap<object, unknown>, CarriedContext>()

/** The context variables of the running code, as they are sent along with a job; undefined if there are none. */
export function packContext(): CarriedContext | undefined {
  const { vars } = currentSeat()._context
  if (vars.size === 0) return undefined
  const known = carried.get(vars)
  if (known !== undefined) return known
  const names = new Set<string>()
  const packed = [...(vars as ReadonlyMap<ContextVar<unknown>, unknown>)].map(
    ([{ name }, value]): CarriedVar => {
      if (names.has(name))
        return [name, undefined, 'two variables of that name have one, and workers go by the name']
      names.add(name)
      const why = whyNotSent(value)
      return why === undefined ? [name, value] : [name, undefined, why]
    },
  )
  carried.set(vars, packed)
  return packed
}

/**
 * Gives the variables of this thread that have these names these values, in the running task: once the module of its
 * function is loaded, since that is what makes them.
 */
export function unpackContext(packed: CarriedContext): void {
  const seat = currentSeat()
  const vars = new Map(seat._context.vars)
  for (const [name, value, why] of packed) {
    for (const variable of madeVars.byName?.get(name) ?? [])
      vars.set(variable, why === undefined ? value : new Withheld(why))
  }
  seat._context = new Surroundings(vars, seat._context.scope)
}

function whyNotSent(value: unknown): string | undefined {
  if (typeof value === 'function') return 'it is a function'
  if (typeof value !== 'object' || value === null)
    return typeof value === 'symbol' ? 'it is a symbol' : undefined
  try {
    structuredClone(value)
    return undefined
  } catch (error) {
    const found = findUnsendable(value, 'value')
    return found === undefined ? String(error) : `${found.path} is ${found.what}`
  }
}
