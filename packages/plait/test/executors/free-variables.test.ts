import { type FunctionExpression, parseExpressionAt } from 'acorn'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeVariables } from '../../src/executors/free-variables.ts'
import { sloppy } from './inline-functions.ts'

// Programs in which all that is written is also run, and a name is read where nothing can go wrong: so that the engine,
// asked for each name that no scope binds, is asked for every one. What is declared and called is called where it stands.

const names = ['a', 'b', 'c', 'd', 'e']
const reads = (expression: string): string => `(() => { try { ${expression} } catch {} })()`

interface Parts {
  readonly statement: string
  readonly pattern: string
  readonly value: string
}

const { statement } = fc.letrec((tie: fc.LetrecTypedTie<Parts>) => {
  const name = fc.constantFrom(...names)
  const value = tie('value')
  const pattern = tie('pattern')
  const body = fc.array(tie('statement'), { maxLength: 3 }).map(parts => parts.join('; '))
  const kind = fc.constantFrom('let', 'const', 'var')
  const form = (...parts: fc.Arbitrary<string>[]) => ({
    as: (write: (...written: string[]) => string) => fc.tuple(...parts).map(written => write(...written)),
  })
  return {
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      name.map(reads),
      form(name).as(n => reads(`${n} = 1`)),
      form(name).as(n => reads(`({ ${n}, key: ${n} })`)),
      form(name).as(n => reads(`[${n}] = []`)),
      form(pattern, body).as((p, b) => `((${p} = {}) => { ${b} })()`),
      form(pattern, value).as((p, v) => `((${p} = {}) => ${v})()`),
      form(name, pattern, body).as((n, p, b) => `(function ${n}(${p} = {}) { ${b} })()`),
      form(name, pattern, body).as((n, p, b) => `({ ${n}(${p} = {}) { ${b} } }).${n}()`),
      form(name, body).as((n, b) => `[...(function* ${n}() { ${b} })()]`),
      form(name, value, body).as(
        (n, v, b) => `(class ${n} { [${v}] = 1; static f = ${v}; static { { ${b} } } })`,
      ),
    ),
    pattern: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      name,
      form(name, value).as((n, v) => `{ ${n} = ${v} }`),
      form(name, name, value).as((key, n, v) => `{ ${key}: ${n}, [${v}]: [] = [] }`),
      form(name, pattern).as((n, p) => `{ ${n}: ${p} = {} }`),
      form(name).as(n => `{ ...${n} }`),
    ),
    statement: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      value,
      form(kind, pattern, value).as((k, p, v) => `${k} ${p} = ${v} ?? {}`),
      form(name).as(n => `function ${n}() {}`),
      form(name, value).as((n, v) => `class ${n} { static [${v}]() {} }`),
      form(body).as(b => `{ ${b} }`),
      form(name, body).as((n, b) => `${n}: { ${b} }`),
      form(pattern, body).as((p, b) => `try { throw {} } catch (${p}) { ${b} }`),
      form(kind, pattern, body).as((k, p, b) => `for (${k} ${p} of [{}]) { ${b} }`),
      form(kind, name, value, body).as((k, n, v, b) => `for (${k} ${n} = ${v}; ; ) { ${b}; break }`),
      form(value, body).as((v, b) => `switch (0) { case ${v}: default: ${b} }`),
    ),
  }
})

const programs = fc
  .tuple(fc.array(statement, { minLength: 1, maxLength: 4 }), fc.constantFrom(...names))
  .map(([parts, name]) => `function ${name}() { 'use strict'; ${parts.join('; ')} }`)

/** The names that the engine looks for outside; nothing if it does not take the program. */
function askedOf(source: string): Set<string> | undefined {
  const asked = new Set<string>()
  const outside = new Proxy(
    {},
    {
      has(_target, name) {
        if (!names.includes(String(name))) return false
        asked.add(String(name))
        return true
      },
    },
  )
  let run: (outside: object) => unknown
  try {
    run = sloppy(`function (outside) { with (outside) { return (${source})() } }`)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  run(outside)
  return asked
}

test('the names found free are those that the engine looks for outside', () => {
  fc.assert(
    fc.property(programs, source => {
      const asked = askedOf(source)
      fc.pre(asked !== undefined)
      const root = parseExpressionAt(source, 0, { ecmaVersion: 'latest' }) as FunctionExpression
      expect(freeVariables(root, 'function').sort()).toEqual([...asked].sort())
    }),
    { numRuns: 300 },
  )
})
