import type { Resume, Wait } from '../../../src/index.ts'

/** Something that waits. */
export type Waits<T> = Generator<Wait, T, Resume>

/** How a block ended: undefined at its end, else with a value for the body to return. */
export type Signal = { readonly value: unknown } | undefined

/** A running coroutine of a body: its own name, and that of the task it runs in. Callbacks run in none. */
export interface Frame {
  readonly label: string
  readonly root: string | undefined
}
