import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format } from 'node:util'
import { afterAll, expect, test, vi } from 'vitest'
import { transform } from '../../packages/colorless/src/transform/transform.ts'
import type { Runnable } from '../../packages/plait/src/index.ts'
import { runVirtual } from '../../packages/plait/src/testing.ts'
import { subpaths } from '../structure/public-surface.ts'
import * as given from './docs-given.ts'
import { documentedSnippets, exportsOf, moduleOf, promisedBy } from './snippets.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'plait-docs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sources = subpaths(join(root, 'packages/plait'))
const offers = new Map([...sources].map(([path, file]) => [path, exportsOf(readFileSync(file, 'utf8'))]))
offers.set(
  join(import.meta.dirname, 'docs-given.ts'),
  Object.keys(given).map(name => ({ name, isType: false })),
)

/** The pages whose snippets are plain functions, and where their waits come from. */
const plainPages: readonly (readonly [page: string, path: string])[] = [
  ['docs/plain-functions.md', 'plait/greenlet'],
  ['docs/greenlets.md', 'plait/greenlet'],
  ['docs/gevent.md', 'plait/gevent'],
]

/** What there is to be imported, that of one entry first. */
function offersFrom(first: string): typeof offers {
  return new Map([...offers].sort(([path]) => (path === first ? -1 : 0)))
}

const snippets = documentedSnippets(root).map(snippet => {
  const file = join(folder, `${snippet.place.replaceAll(/\W/g, '-')}.ts`)
  const [, plainFrom] = plainPages.find(([page]) => snippet.place.startsWith(page)) ?? []
  const isPlain = plainFrom !== undefined
  const module = moduleOf(snippet.code, isPlain ? offersFrom(plainFrom) : offers, isPlain).replace(
    /(?<=')plait(\/\w+)?(?=')/g,
    path => sources.get(path) ?? `${path}, which is no entry`,
  )
  writeFileSync(file, module)
  return { ...snippet, file: isPlain ? transformed(file, module) : file }
})

/** A module of plain functions, as the colorless transform gives it to the engine. */
function transformed(file: string, module: string): string {
  const filename = file.replace(/ts$/, 'mjs')
  const runtime = sources.get('plait/twins')
  writeFileSync(
    filename,
    transform(stripTypeScriptTypes(module), { filename, format: 'module', runtime }).code,
  )
  return filename
}

test('every snippet of the documentation compiles', () => {
  const settings = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { typeRoots: [join(root, 'node_modules/@types')] },
    include: ['*.ts'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  expect(complaints()).toBe('')
})

function complaints(): string {
  try {
    return execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' })
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

test.each(snippets)('$place does what it says', async ({ file, code, output }) => {
  const { printed, error } = await runSnippet(file)
  if (output !== undefined) {
    const lines = error === undefined ? printed : [...printed, error]
    expect(lines.join('\n')).toBe(withoutPlaces(output.trimEnd()))
    return
  }
  const all = printed.join(', ')
  const missed = promisedBy(code).filter(text => !all.includes(text))
  expect({ error, missed, printed }).toEqual({ error: undefined, missed: [], printed })
})

/** What a snippet prints, run to its end under virtual time, and what it throws. */
async function runSnippet(file: string): Promise<{ printed: string[]; error: string | undefined }> {
  const printed: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void printed.push(format(...values)))
  try {
    const { default: main } = (await import(file)) as { default?: Runnable<unknown> }
    if (main !== undefined) await runVirtual(main)
    return { printed, error: undefined }
  } catch (error) {
    return { printed, error: withoutPlaces(String(error)) }
  } finally {
    log.mockRestore()
  }
}

/** A report without the lines that tell where in a file: they differ from one reader to the next. */
function withoutPlaces(report: string): string {
  return report.replaceAll(/\n +at .*/g, '')
}
