import { expect, test } from 'vitest'
import { blocking, inGreenlet, type Masks, told } from './both-ways.ts'

/** A call to make twice: outside of any greenlet, and in one. */
export interface Compared {
  readonly call: () => unknown
  /** What is different from one call to the next. */
  readonly masks?: Masks | undefined
  /** Refused, or done, before there is anything to wait for. */
  readonly isAtOnce?: boolean | undefined
}

/** Tests that each of these gives, or throws, in a greenlet what it does elsewhere, and lets others run meanwhile. */
export function compare(calls: readonly (Compared | (() => unknown))[]): void {
  const rows = calls.map(
    (row, index) => [index + 1, typeof row === 'function' ? { call: row } : row] as const,
  )
  test.each<readonly [number, Compared]>(rows)('call %i', async (_, { call, masks, isAtOnce = false }) => {
    const plain = blocking(call)
    const green = await inGreenlet(call)
    expect(told(green, masks)).toEqual(told(plain, masks))
    expect(green.hasWaited).toBe(!isAtOnce)
  })
}
