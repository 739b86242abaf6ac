import { move, remote, reportProgress } from '../../../src/executors.ts'

export const describe = remote(import.meta.url, function describe(value: unknown): string {
  return `${Object.prototype.toString.call(value)} ${String(value)}`
})

/** Adds one to what is in there. */
export const increment = remote(import.meta.url, function increment(bytes: Uint8Array): Uint8Array {
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = (bytes[i] as number) + 1
  return bytes
})

const kept: { bytes: Uint8Array | undefined } = { bytes: undefined }

/** Gives so many bytes away, moved or not. */
export const give = remote(import.meta.url, function give(length: number, isMoved: boolean): unknown {
  kept.bytes = new Uint8Array(length).fill(7)
  return isMoved ? move(kept.bytes) : kept.bytes
})

/** How many of those bytes are left here. */
export const left = remote(import.meta.url, function left(): number {
  return kept.bytes?.length ?? 0
})

export const giveParts = remote(import.meta.url, function giveParts(): unknown {
  kept.bytes = new Uint8Array(3)
  const value = { name: 'parts', bytes: kept.bytes }
  return move(value, [kept.bytes.buffer])
})

/** Counts to `to` in shared memory, so that whoever shares it sees it. */
export const countTo = remote(import.meta.url, function countTo(memory: SharedArrayBuffer, to: number): void {
  const cells = new Int32Array(memory)
  for (let n = 0; n < to; n += 1) Atomics.add(cells, 0, 1)
})

/** What nobody can be sent: a function, deep inside; or a getter that throws. */
export const unsendable = remote(import.meta.url, function unsendable(how: 'function' | 'getter'): unknown {
  const inner = how === 'function' ? { onDone() {} } : throwing()
  return { rows: [1, inner] }
})

/** Reports what cannot be sent, and tells what came of it; then goes on. */
export const reportUnsendable = remote(import.meta.url, function reportUnsendable(): string {
  try {
    reportProgress({ rows: [1, { onDone() {} }] })
    return 'was sent'
  } catch (error) {
    reportProgress('and on')
    return (error as Error).message
  }
})

/** Of one item nobody can be sent what is made. */
export const makeOf = remote(import.meta.url, function makeOf(n: number): unknown {
  return n === 3 ? { n, make: () => n } : { n }
})

/** Lists inside lists, so many deep. */
export const nest = remote(import.meta.url, function nest(depth: number): unknown {
  let value: unknown = 'bottom'
  for (let n = 0; n < depth; n += 1) value = [value]
  return value
})

/** How deep lists stand inside lists. */
export const depthOf = remote(import.meta.url, function depthOf(value: unknown): number {
  let depth = 0
  for (let at = value; Array.isArray(at); at = at[0]) depth += 1
  return depth
})

function throwing(): object {
  return {
    get balance(): never {
      throw new RangeError('not to be read')
    },
  }
}
