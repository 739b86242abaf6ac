import { misuse } from '../errors/misuse-executors.ts'

const transfers = new WeakMap<object, readonly Transferable[]>()

/**
 * Marks a value that a job returns as to be handed over in place of copied: the memory of these buffers is gone in the
 * worker once it is sent. Of a buffer or a view alone, its own memory. Gives the value itself.
 *
 * Between processes it is copied all the same.
 *
 * @throws MisuseError for a value that holds no memory, where none is listed
 * @example
 * ```ts
 * export const blur = remote(import.meta.url, function blur(pixels: Uint8Array) {
 *   const blurred = new Uint8Array(pixels.length)
 *   // …
 *   return move(blurred)
 * })
 * ```
 */
export function move<T extends object>(value: T, transfer?: readonly Transferable[]): T {
  transfers.set(value, transfer ?? [memoryOf(value)])
  return value
}

/** What of a value is to be handed over, if any. */
export function transferOf(value: unknown): readonly Transferable[] | undefined {
  return typeof value === 'object' && value !== null ? transfers.get(value) : undefined
}

/** As `transferOf`, for several values that are sent together. */
export function transferOfAll(values: readonly unknown[]): readonly Transferable[] | undefined {
  const all = values.flatMap(value => transferOf(value) ?? [])
  return all.length === 0 ? undefined : all
}

function memoryOf(value: object): Transferable {
  if (value instanceof ArrayBuffer) return value
  if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) return value.buffer
  throw misuse('notTransferable', value)
}
