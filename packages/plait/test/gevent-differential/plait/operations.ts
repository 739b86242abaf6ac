import type { SimpleStatement } from '../program.ts'
import type { Frame, World } from './world.ts'

type Op = SimpleStatement['op']

/** Performs a statement, and gives what the trace shows of it. */
export type Operation<S> = (world: World, frame: Frame, statement: S) => unknown

/** Some of the operations: for each name a function, as on the other side. */
export type Operations<Ops extends Op> = {
  readonly [Name in Ops]: Operation<Extract<SimpleStatement, { op: Name }>>
}
