/*
 * What an exit can do, what a body can do, and what then must come of a stack of them: the model, a dozen lines of
 * plain code, that ExitStack and AsyncExitStack are held against.
 */

export const actions = ['pass', 'swallow', 'throw', 'throw on', 'throw the first'] as const
export type Action = (typeof actions)[number]

/** What happened on the way, and how it ended, with the causes of its error. */
export interface Outcome {
  readonly log: unknown[]
  readonly end: unknown
}

/** Every program of up to so many exits, around a body that ends well or not. */
export function* programs(most: number): Generator<{ exits: Action[]; fails: boolean }> {
  for (let count = 0; count <= most; count += 1) {
    for (let n = 0; n < actions.length ** count; n += 1) {
      const exits = Array.from(
        { length: count },
        (_, i) => actions[Math.floor(n / actions.length ** i) % actions.length] as Action,
      )
      yield { exits, fails: false }
      yield { exits, fails: true }
    }
  }
}

/** An exit that does this, and logs what it was told. */
export function exit(action: Action, i: number, log: unknown[], first: Error): (error: unknown) => unknown {
  return error => {
    log.push([i, error])
    if (action === 'swallow') return true
    if (action === 'throw') throw new Error(`of exit ${i}`)
    if (action === 'throw on' && error !== undefined) throw error
    if (action === 'throw the first') throw first
    return false
  }
}

/** What must come of it. */
export function model(exits: readonly Action[], fails: boolean, first: Error): Outcome {
  const log: unknown[] = []
  let under: unknown = fails ? first : undefined
  for (let i = exits.length - 1; i >= 0; i -= 1) {
    try {
      if (exit(exits[i] as Action, i, log, first)(under) === true) under = undefined
    } catch (error) {
      under = error
    }
  }
  if (under !== undefined) return { log: log.map(plain), end: plain(under) }
  return { log: log.map(plain), end: fails && log.length > 0 ? undefined : 'body' }
}

/** For comparing: an error by its text. */
export function plain(value: unknown): unknown {
  return Array.isArray(value) ? value.map(plain) : value instanceof Error ? `error ${value.message}` : value
}

/** What an error says of what came before it. */
export function causes(error: unknown): string[] {
  const found: string[] = []
  for (let one = error; one instanceof Error; one = one.cause) found.push(one.message)
  return found
}
