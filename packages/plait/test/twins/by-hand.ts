import { sleep, until } from '../../src/greenlet.ts'
import { c0, c1, c2, give, S } from '../../src/twins.ts'

/* Functions in the two forms that the colorless transform gives them, written by hand: the twin says what the plain body says. */

/** What a twin yields to, resumed with the frame of the callee that had suspended. */
export type Twin<T> = Generator<unknown, T, { readonly _result: unknown }>

/** Sleeps, then gives what it was told. */
export function nap<T>(ms: number, value: T): T {
  sleep(ms)
  return value
}
give(nap, function* <T>(ms: number, value: T): Twin<T> {
  if (c1(sleep, ms) === S) (yield S)._result
  return value
})

/** Sleeps, then throws. */
export function fail(ms: number, error: unknown): never {
  sleep(ms)
  throw error
}
give(fail, function* (ms: number, error: unknown): Twin<never> {
  if (c1(sleep, ms) === S) (yield S)._result
  throw error
})

/** As deep as it is told, and there it waits. */
export function dive(depth: number): number {
  return depth === 0 ? nap(1, 0) : 1 + dive(depth - 1)
}
give(dive, function* (depth: number): Twin<number> {
  const r = depth === 0 ? c2(nap, 1, 0) : c1(dive, depth - 1)
  const below = (r === S ? (yield S)._result : r) as number
  return depth === 0 ? below : 1 + below
})

/** Never comes back by itself. */
export function stand(what: PromiseLike<unknown>): unknown {
  return until(what)
}
give(stand, function* (what: PromiseLike<unknown>): Twin<unknown> {
  const r = c1(until, what)
  return r === S ? (yield S)._result : r
})

/** A plain function of no arguments that does what its twin does; called plainly, it says so. */
export function greenlet<T>(name: string, twin: () => Twin<T>): () => T {
  const plain = {
    [name]: (): T => {
      throw new Error(`${name} was called plainly`)
    },
  }[name] as () => T
  return give(plain, twin)
}

/** Calls one inside the other, so that each has a frame of its own. */
export function inside<T>(name: string, callee: () => T): () => T {
  return greenlet(name, function* (): Twin<T> {
    const r = c0(callee)
    return (r === S ? (yield S)._result : r) as T
  })
}
