import { type ContextVar, madeVars, Withheld } from '../coroutine/context-var.ts'
import { currentSeat, Surroundings } from '../coroutine/surroundings.ts'
import { LIVE, show } from '../errors/show.ts'
import { clonedCopy } from './cloned-copy.ts'
import { findUnsendable, isSentToProcesses } from './find-unsendable.ts'

/** The value of a context variable, by its name; or why it could not be sent. */
type CarriedVar = readonly [name: string, value: unknown, why?: string]

export type CarriedContext = readonly CarriedVar[]

/** Of variables that hold no objects: those may change, and are looked at for each job. */
const plain = new WeakMap<ReadonlyMap<object, unknown>, CarriedContext>()

/**
 * The context variables of the running code, as they are sent along with a job to another thread or process; undefined if
 * there are none. Copied here, so that nothing that becomes of a value later costs the job.
 */
export function packContext(way: string): CarriedContext | undefined {
  const { vars } = currentSeat()._context
  if (vars.size === 0) return undefined
  const known = plain.get(vars)
  if (known !== undefined) return known
  const names = new Set<string>()
  const packed = [...(vars as ReadonlyMap<ContextVar<unknown>, unknown>)].map(
    ([{ name }, value]): CarriedVar => {
      if (names.has(name))
        return [name, undefined, 'two variables of that name have one, and workers go by the name']
      names.add(name)
      if (isPlain(value)) return [name, value]
      const copied = isLive(value) ? undefined : clonedCopy(value, way)
      return copied === undefined ? [name, undefined, whyNotSent(value, way)] : [name, copied.copy]
    },
  )
  if ([...vars.values()].every(isPlain)) plain.set(vars, packed)
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

function isPlain(value: unknown): boolean {
  return (
    value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')
  )
}

function isLive(value: unknown): boolean {
  return typeof value === 'object' && value !== null && LIVE in value
}

function whyNotSent(value: unknown, way: string): string {
  if (typeof value === 'function') return 'it is a function'
  if (typeof value === 'symbol') return 'it is a symbol'
  if (isLive(value)) return `it is ${show(value)}, which is of that thread alone`
  const found = findUnsendable(value, 'value', way === 'process' ? isSentToProcesses : undefined)
  return found === undefined ? 'it nests too deep' : `${found.path} is ${found.what}`
}
