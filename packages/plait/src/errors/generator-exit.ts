import { quietly } from './quiet.ts'

/**
 * Thrown at the place a coroutine is suspended in when it is closed. It may be caught for cleanup; then the coroutine
 * has to end, by returning or by throwing it on.
 *
 * @example
 * ```ts
 * const log = coroutine(function* (): Generator<void, void, string> {
 *   try { for (;;) console.log(yield) } catch (error) { if (error instanceof GeneratorExit) console.log('closing'); else throw error }
 * })
 * ```
 * @see PEP 342, GeneratorExit
 */
export class GeneratorExit extends Error {}
GeneratorExit.prototype.name = 'GeneratorExit'

/** A close is a signal: no stack is walked for it. */
export function generatorExit(): GeneratorExit {
  return quietly(() => new GeneratorExit('the coroutine was closed'))
}
