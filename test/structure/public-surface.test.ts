// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files made up here hold source text
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageFolders, type Surface, subpaths, surfaceOf, surfaces, surfaceText } from './public-surface.ts'

const record = join(import.meta.dirname, 'public-surface.txt')
const compiler = join(import.meta.dirname, '../../node_modules/.bin/tsc')

/** What is loaded to see what it exports: not what changes how everything after it is loaded. */
const modules = packageFolders
  .flatMap(folder => [...subpaths(folder)])
  .filter(([subpath]) => subpath !== 'plait-colorless/register')

describe('the public surface', () => {
  const all = new Map(packageFolders.flatMap(folder => [...surfaces(folder, compiler)]))

  test('is the one on record; "npm run surface:update" records a change', () => {
    expect(surfaceText(all)).toBe(readFileSync(record, 'utf8'))
  })

  test.each(modules)('of %s is what it exports at run time', async (subpath, file) => {
    const module: Record<string, unknown> = await import(file)
    const values = [...surfaceAt(all, subpath)].filter(([, { isValue }]) => isValue)
    expect(valuesOf(module).sort()).toEqual(values.map(([name]) => name).sort())
  })

  test('has an example in the doc comment of every class and function', async () => {
    const bare: string[] = []
    for (const [subpath, file] of modules) {
      const module: Record<string, unknown> = await import(file)
      for (const [name, { declarations }] of surfaceAt(all, subpath)) {
        const hasExample = declarations.some(({ comment }) => /^\/\*\*[\s\S]*@example/.test(comment))
        if (typeof valueAt(module, name) === 'function' && !hasExample) bare.push(`${subpath}: ${name}`)
      }
    }
    expect(bare, 'public, and without an @example in the doc comment').toEqual([])
  })
})

/** The names of what a module exports, and of what the namespaces among that do. */
function valuesOf(module: Record<string, unknown>): string[] {
  return Object.entries(module).flatMap(([name, value]) =>
    isNamespace(value) ? [name, ...Object.keys(value as object).map(member => `${name}.${member}`)] : [name],
  )
}

function isNamespace(value: unknown): boolean {
  return (value as { [Symbol.toStringTag]?: unknown } | null)?.[Symbol.toStringTag] === 'Module'
}

function valueAt(module: Record<string, unknown>, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], module)
}

function surfaceAt(all: ReadonlyMap<string, Surface>, subpath: string): Surface {
  const surface = all.get(subpath)
  if (surface === undefined) throw new Error(`no surface of ${subpath}`)
  return surface
}

describe('a surface is read', () => {
  const files: Record<string, string> = {
    '/index.ts': [
      "import { local } from './a.ts';",
      "export { run, type Options as Settings } from './a.ts';",
      "export type { Loop, Loop as Ring } from './b.ts';",
      "export * from './b.ts';",
      'export { local as renamed };',
    ].join('\n'),
    '/a.ts': [
      '/** Runs. @example run() */',
      'export declare function run(a: { b: 1 }): { c: 2 };',
      '/** Runs with a name. */',
      'export declare function run(name: string): void;',
      'export interface Options extends Partial<{ a: 1 }> {',
      '    /** Why; not } how. */',
      '    debug?: boolean;',
      '}',
      'declare const local: unique symbol;',
      'export { local };',
    ].join('\n'),
    '/b.ts': [
      'export declare class Task<T> extends Base<{ x: 1 }, () => void> {',
      '    #private;',
      '    private constructor();',
      '    private secret;',
      "    get name(): `a${string}` | '}';",
      '}',
      'export declare abstract class Loop {',
      '}',
      'export type Body<T> = (a: T) => {',
      '    done: true;',
      '} | "x";',
    ].join('\n'),
  }
  const read = (file: string): string => files[file] ?? ''

  test('through re-exports, renamed and starred, with overloads together', () => {
    const surface = surfaceOf('/index.ts', read)
    expect([...surface.keys()]).toEqual(['Body', 'Loop', 'Ring', 'Settings', 'Task', 'renamed', 'run'])
    expect([...surface].filter(([, { isValue }]) => isValue).map(([name]) => name)).toEqual([
      'Task',
      'renamed',
      'run',
    ])
    expect(surface.get('run')?.declarations.map(({ comment }) => comment)).toEqual([
      '/** Runs. @example run() */',
      '/** Runs with a name. */',
    ])
  })

  test('and written without comments and private members, what is shared once', () => {
    const surface = surfaceOf('/index.ts', read)
    const again = new Map([...surface].filter(([name]) => name === 'run'))
    const both: [string, Surface][] = [
      ['plait', surface],
      ['plait/again', again],
    ]
    expect(surfaceText(new Map(both))).toBe(`# plait

type Body<T> = (a: T) => {
  done: true;
} | "x";

type of abstract class Loop {
}

Ring = type of abstract class Loop {
}

Settings = interface Options extends Partial<{ a: 1 }> {
  debug?: boolean;
}

class Task<T> extends Base<{ x: 1 }, () => void> {
  private constructor();
  get name(): \`a\${string}\` | '}';
}

renamed = const local: unique symbol;

function run(a: { b: 1 }): { c: 2 };
function run(name: string): void;

# plait/again

function run, as in plait
`)
  })

  test('and an export that nothing declares is refused', () => {
    expect(() => surfaceOf('/x.ts', file => (file === '/x.ts' ? "export { a } from './y.ts';" : ''))).toThrow(
      '/x.ts exports a, which no file declares',
    )
  })
})
