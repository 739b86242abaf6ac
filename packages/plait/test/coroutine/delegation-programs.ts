import fc from 'fast-check'

/** Any generator of these tests: what it yields, returns and is sent is up to the program. */
export type Steps = Generator<unknown, unknown, unknown>

/** What a coroutine of a random program does, one statement after another. */
export interface Body {
  readonly kind: 'coroutine' | 'raw'
  readonly name: number
  readonly statements: readonly Statement[]
}

type Statement = (
  | { readonly do: 'yield'; readonly value: number }
  | { readonly do: 'delegate'; readonly to: Body }
  | { readonly do: 'throw'; readonly text: string }
  | { readonly do: 'return'; readonly value: number }
) & {
  readonly onError: 'pass' | 'swallow' | 'return' | 'replace' | 'yield'
  readonly cleanup: 'none' | 'yield' | Body
}

/** One thing done to the root from outside. */
export interface Act {
  readonly do: 'next' | 'send' | 'throw' | 'throwExit' | 'close'
  readonly value: number
}

const { body, statement } = fc.letrec<{ body: Body; statement: Statement }>(tie => ({
  body: fc.record({
    kind: fc.constantFrom('coroutine' as const, 'raw' as const),
    name: fc.nat(99),
    statements: fc.array(tie('statement'), { minLength: 1, maxLength: 3, depthIdentifier: 'body' }),
  }),
  statement: fc
    .tuple(
      fc.oneof(
        { depthIdentifier: 'body', maxDepth: 5 },
        { weight: 4, arbitrary: fc.record({ do: fc.constant('yield' as const), value: fc.nat(9) }) },
        { weight: 5, arbitrary: fc.record({ do: fc.constant('delegate' as const), to: tie('body') }) },
        {
          weight: 1,
          arbitrary: fc.record({ do: fc.constant('throw' as const), text: fc.constantFrom('a', 'b') }),
        },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('return' as const), value: fc.nat(9) }) },
      ),
      fc.constantFrom(
        'pass' as const,
        'pass' as const,
        'swallow' as const,
        'return' as const,
        'replace' as const,
        'yield' as const,
      ),
      fc.oneof(
        { depthIdentifier: 'body', maxDepth: 5 },
        { weight: 5, arbitrary: fc.constant('none' as const) },
        { weight: 1, arbitrary: fc.constant('yield' as const) },
        { weight: 1, arbitrary: tie('body') },
      ),
    )
    .map(([what, onError, cleanup]) => ({ ...what, onError, cleanup })),
}))
void statement

/** Random programs whose root is of this kind. */
export function programs(kind: Body['kind']): fc.Arbitrary<Body> {
  return body.map(root => ({ ...root, kind }))
}

/** Random scripts of what is done to the root. */
export function scripts(...kinds: Act['do'][]): fc.Arbitrary<Act[]> {
  return fc.array(fc.record({ do: fc.constantFrom(...kinds), value: fc.nat(9) }), {
    minLength: 1,
    maxLength: 12,
  })
}

/** Performs a body; `make` says what a delegation to a body is. */
export function* perform(program: Body, log: string[], make: (body: Body, log: string[]) => Steps): Steps {
  const say = (text: string) => void log.push(`${program.name} ${text}`)
  for (const statement of program.statements) {
    try {
      switch (statement.do) {
        case 'yield':
          say(`got ${yield statement.value}`)
          break
        case 'delegate':
          say(`was given ${yield* make(statement.to, log)}`)
          break
        case 'throw':
          throw new Error(statement.text)
        case 'return':
          return statement.value
      }
    } catch (error) {
      say(`caught ${nameOf(error)}`)
      if (statement.onError === 'pass') throw error
      if (statement.onError === 'return') return 'from catch'
      if (statement.onError === 'replace') throw new Error(`instead of ${nameOf(error)}`)
      if (statement.onError === 'yield') say(`got in catch ${yield 'in catch'}`)
    } finally {
      say('finally')
      if (statement.cleanup === 'yield') say(`got in finally ${yield 'in finally'}`)
      else if (statement.cleanup !== 'none') say(`cleanup gave ${yield* make(statement.cleanup, log)}`)
    }
  }
  return 'the end'
}

/** A coroutine, as far as a script goes. */
export interface Driven {
  next(): IteratorResult<unknown, unknown>
  send(value: unknown): IteratorResult<unknown, unknown>
  throw(error: unknown): IteratorResult<unknown, unknown>
  close(): unknown
}

/** Does what the script says and writes down what comes back. */
export function play(root: Driven, script: readonly Act[], exit: () => Error, log: string[]): void {
  for (const act of script) {
    try {
      log.push(`${act.do}: ${JSON.stringify(one(root, act, exit))}`)
    } catch (error) {
      log.push(`${act.do} threw ${nameOf(error)}`)
    }
  }
}

function one(root: Driven, act: Act, exit: () => Error): unknown {
  switch (act.do) {
    case 'next':
      return root.next()
    case 'send':
      return root.send(act.value)
    case 'throw':
      return root.throw(new Error(`thrown ${act.value}`))
    case 'throwExit':
      return root.throw(exit())
    case 'close':
      return root.close()
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : `${error.name} ${error.name === 'Error' ? error.message : ''}`
}
