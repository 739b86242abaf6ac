import { call } from '../../../src/greenlet.ts'
import { createTask, run } from '../../../src/index.ts'

/** How a call ended, in a form that two of them can be compared in. */
export interface Outcome {
  readonly value?: unknown
  readonly error?: unknown
  /** Whether others ran before it ended. */
  readonly hasWaited: boolean
}

/** What may be different from one call to the next. */
export type Masks = readonly (readonly [what: string | RegExp, mask: string])[]

/** The outcome of a call as untransformed code makes it. */
export function blocking<A extends readonly unknown[]>(fn: (...args: A) => unknown, ...args: A): Outcome {
  try {
    return { value: fn(...args), hasWaited: false }
  } catch (error) {
    return { error, hasWaited: false }
  }
}

/** The outcome of the same call in a greenlet. */
export async function inGreenlet<A extends readonly unknown[]>(
  fn: (...args: A) => unknown,
  ...args: A
): Promise<Outcome> {
  let hasWaited = false
  try {
    const value = await run((async () => {
      const main = createTask(call(fn, ...args))
      // Behind it in line: it runs before the end of the first only if that waits.
      createTask(async () => {
        hasWaited = !main.done()
      })
      return await main
    }) as never)
    return { value, hasWaited }
  } catch (error) {
    return { error, hasWaited }
  }
}

/** What there is to tell of an outcome: of an error all its fields but the stack, and what class it is of. */
export function told({ value, error }: Outcome, masks: Masks = []): unknown {
  return error === undefined ? plain(value, masks) : { thrown: plain(error, masks) }
}

function plain(value: unknown, masks: Masks, seen: readonly unknown[] = []): unknown {
  if (typeof value === 'string') return masked(value, masks)
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? 'a function' : value
  if (seen.includes(value)) return 'itself'
  const within = [...seen, value]
  if (Array.isArray(value)) return value.map(one => plain(one, masks, within))
  if (ArrayBuffer.isView(value)) return { kind: value.constructor.name, text: masked(textOf(value), masks) }
  const fields = Object.getOwnPropertyNames(value)
    .filter(key => key !== 'stack')
    .toSorted()
    .map(key => [key, plain((value as Record<string, unknown>)[key], masks, within)])
  const kind = value instanceof Error ? `${value.name} of ${value.constructor.name}` : value.constructor?.name
  return { kind, ...Object.fromEntries(fields) }
}

function textOf(view: ArrayBufferView): string {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('latin1')
}

function masked(text: string, masks: Masks): string {
  let result = text
  for (const [what, mask] of masks) result = result.replaceAll(what, mask)
  return result
}
