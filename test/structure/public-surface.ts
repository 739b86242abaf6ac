import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Declaration, type DeclarationFile, type Link, readDeclarations } from './declarations.ts'

/** Everything that one subpath of the package exports, by name. */
export type Surface = ReadonlyMap<string, Export>

export interface Export {
  /** More than one for overloads, and for a constant and an interface of one name. */
  readonly declarations: readonly Declaration[]
  /** Whether it exists at run time, or in types alone. */
  readonly isValue: boolean
}

/** The folders of the packages whose surface is on record. */
export const packageFolders: readonly string[] = ['plait', 'colorless'].map(name =>
  join(import.meta.dirname, '../../packages', name),
)

/** The subpaths of a package and the source file of each: `plait/testing` and `src/testing.ts`. */
export function subpaths(packageFolder: string): Map<string, string> {
  const { name, exports } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    name: string
    exports: Record<string, string>
  }
  return new Map(
    Object.entries(exports)
      .filter(([, target]) => target.endsWith('.js'))
      .map(([subpath, target]) => [
        name + subpath.slice(1),
        join(packageFolder, 'src', target.replace(/^\.\/dist\//, '').replace(/\.js$/, '.ts')),
      ]),
  )
}

/**
 * The surface of each subpath, read from the declarations that the compiler makes of the sources. What is marked
 * `@internal` is left out: it may change without notice.
 */
export function surfaces(packageFolder: string, compiler: string): Map<string, Surface> {
  const out = mkdtempSync(join(tmpdir(), 'plait-surface-'))
  try {
    const flags = [
      '--noEmit',
      'false',
      '--declaration',
      '--emitDeclarationOnly',
      '--stripInternal',
      '--outDir',
      out,
    ]
    execFileSync(compiler, ['-p', packageFolder, ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    })
    const source = join(packageFolder, 'src')
    return new Map(
      [...subpaths(packageFolder)].map(([subpath, file]) => [
        subpath,
        surfaceOf(join(out, file.slice(source.length)), file => readFileSync(declared(file), 'utf8')),
      ]),
    )
  } catch (error) {
    const { stdout } = error as { stdout?: string }
    throw stdout ? new Error(`the sources do not compile:\n${stdout}`) : error
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

function declared(file: string): string {
  const path = file.replace(/\.ts$/, '.d.ts')
  if (!existsSync(path)) throw new Error(`no declarations were made of ${file}`)
  return path
}

/** What `file` exports, its re-exports followed; `read` gives the declarations of a source file. */
export function surfaceOf(file: string, read: (file: string) => string): Surface {
  const files = new Map<string, DeclarationFile>()
  const load = (path: string): DeclarationFile => {
    const known = files.get(path) ?? readDeclarations(read(path))
    files.set(path, known)
    return known
  }
  const found = new Map<string, Export>()
  for (const name of exportedNames(file, load).sort()) {
    const exported = findExport(file, name, load)
    if (exported === undefined) throw new Error(`${file} exports ${name}, which no file declares`)
    found.set(name, exported)
    const space = namespaceOf(file, name, load)
    if (space === undefined) continue
    for (const member of exportedNames(space, load).sort())
      found.set(`${name}.${member}`, findExport(space, member, load) as Export)
  }
  return found
}

/** The file whose exports `export * as name` gathers, if this is such an export. */
function namespaceOf(file: string, name: string, load: Load): string | undefined {
  const link = load(file).exports.find(candidate => candidate.name === name)
  return link?.original === '*' && link.name !== '*' ? target(file, link) : undefined
}

type Load = (path: string) => DeclarationFile

function exportedNames(path: string, load: Load): string[] {
  const names = load(path).exports.flatMap(link =>
    link.name === '*' ? exportedNames(target(path, link), load) : [link.name],
  )
  return [...new Set(names)]
}

function findExport(path: string, name: string, load: Load): Export | undefined {
  const { exports } = load(path)
  const link = exports.find(candidate => candidate.name === name)
  if (link !== undefined) return follow(path, link, load)
  for (const star of exports.filter(candidate => candidate.name === '*')) {
    const exported = findExport(target(path, star), name, load)
    if (exported !== undefined) return exported
  }
  return undefined
}

function follow(path: string, link: Link, load: Load): Export | undefined {
  const exported = link.from === undefined ? findOwn(path, link.original, load) : findIn(path, link, load)
  return exported && { ...exported, isValue: exported.isValue && !link.isType }
}

function findIn(path: string, link: Link, load: Load): Export | undefined {
  if (link.original !== '*') return findExport(target(path, link), link.original, load)
  const text = `namespace ${link.name} from '${link.from}'`
  return { declarations: [{ kind: 'namespace', name: link.name, text, comment: '' }], isValue: true }
}

// What a file exports without saying from where, it declares or has imported.
function findOwn(path: string, name: string, load: Load): Export | undefined {
  const { declarations: all, imports } = load(path)
  const declarations = all.filter(declaration => declaration.name === name)
  const isValue = declarations.some(({ kind }) => kind !== 'interface' && kind !== 'type')
  if (declarations.length > 0) return { declarations, isValue }
  const link = imports.find(candidate => candidate.name === name)
  return link && follow(path, link, load)
}

function target(path: string, link: Link): string {
  if (!link.from?.startsWith('.'))
    throw new Error(`${path} exports what another package declares: ${link.from}`)
  return join(dirname(path), link.from)
}

/** The text that a change of the public surface changes. What several subpaths export is written out once. */
export function surfaceText(all: ReadonlyMap<string, Surface>): string {
  const first = new Map<string, string>()
  const blocks = [...all].flatMap(([subpath, surface]) => [
    `# ${subpath}`,
    ...[...surface].map(([name, exported]) => {
      const text = exportText(name, exported)
      const before = first.get(text)
      if (before === undefined) first.set(text, subpath)
      return before === undefined ? text : `${text.split(/[(<:{=]/, 1)[0]?.trim()}, as in ${before}`
    }),
  ])
  return `${blocks.join('\n\n')}\n`
}

function exportText(name: string, { declarations, isValue }: Export): string {
  const texts = declarations.map(({ kind, name: own, text }) => {
    const isHidden = !isValue && kind !== 'interface' && kind !== 'type'
    return `${own === name ? '' : `${name} = `}${isHidden ? 'type of ' : ''}${text}`
  })
  return texts.join('\n')
}
