import { createRequire } from 'node:module'
import { visitorKeys } from 'oxc-parser'
import { afterAll, describe, expect, test } from 'vitest'
import { positionsOf } from './positions.ts'
import { WAYS } from './snippet.ts'
import { SNIPPETS } from './snippets.ts'

const native = createRequire(import.meta.url)('./native.ts') as typeof import('./native.ts')
const { Folder, expected, isRunnable, runPlainly, runTransformed, transform } = native

const folder = new Folder()
afterAll(() => folder.remove())

for (const [area, snippets] of Object.entries(SNIPPETS)) {
  describe(`${area} do the same in transformed code, outside of greenlets and inside`, () => {
    for (const snippet of snippets.filter(isRunnable)) {
      test(snippet.name, async () => {
        const plain = await runPlainly(snippet, folder)
        for (const way of WAYS) {
          const run = await runTransformed(snippet, way, folder, transform)
          const { log, end } = expected(plain, way, snippet.differs)
          expect(run.log, way).toEqual(log)
          if (typeof end === 'string') expect(run.end, way).toBe(end)
          else expect(run.end, way).toMatch(end)
          for (const name of snippet.stack ?? []) expect(run.stack, way).toContain(name)
          if (way === 'switching at every call' && snippet.still !== true)
            expect(run.switches).toBeGreaterThan(0)
        }
      })
    }
  })
}

test('a transform that changes what a program does is found', async () => {
  const swapped: typeof transform = (source, options) =>
    transform(source.replace("t('a'), t('b')", "t('b'), t('a')"), options)
  const [snippet] = SNIPPETS.calls ?? []
  if (snippet === undefined) throw new Error('no program')
  const plain = await runPlainly(snippet, folder)
  for (const way of WAYS) {
    const run = await runTransformed(snippet, way, folder, swapped)
    expect(run.log).not.toEqual(plain.log)
  }
})

test('each helper of the runtime is told to be a call, which is forced to switch, or none', () => {
  expect([...native.CALLS, ...native.REST].toSorted()).toEqual([...native.names].toSorted())
})

test('a call stands in every place of the syntax that can hold one', () => {
  const found = new Set(
    Object.values(SNIPPETS).flatMap(snippets => snippets.flatMap(one => [...positionsOf(one)])),
  )
  const places = Object.entries(visitorKeys).flatMap(([type, fields]) =>
    /^(TS|JSX|V8)/.test(type) ? [] : fields.map(field => `${type}.${field}`),
  )
  expect(places.filter(place => !found.has(place) && !NO_CALL_THERE.test(place))).toEqual([])
})

/** Types, names, decorators, and what this parser has and ESTree has not. */
const NO_CALL_THERE =
  /^(Decorator|AccessorProperty|ParenthesizedExpression|Import(Attribute|Default|Namespace|Declaration)|ImportSpecifier|Export(Specifier|All)|MetaProperty|Identifier)|\.(decorators|id|label|quasis?|type\w+|returnType|super\w*Arguments|implements|exported|meta|attributes|phase)$|ExportNamedDeclaration\.(source|specifiers)/
