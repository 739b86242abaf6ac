import { basename } from 'node:path/posix'
import { circles, importGraph, type SourceTree } from './import-graph.ts'
import { tokenize } from './tokens.ts'

/**
 * ```text
 * 7  cli
 * 6  gevent  simulation  executors  io  testing  monitor     siblings never import each other
 * 5  sync  queues  bridges  bounded  greenlet                each may import those before it, but greenlet
 * 4  tasks
 * 3  loop
 * 2  twins
 * 1  coroutine
 * 0  errors  units
 * ```
 * Above them stand the entries, one for each subpath (`index.ts`, `coroutine.ts`, …): re-exports and nothing else.
 */
const floors: readonly (readonly string[])[] = [
  ['errors', 'units'],
  ['coroutine'],
  ['twins'],
  ['loop'],
  ['tasks'],
  ['sync', 'queues', 'bridges', 'bounded', 'greenlet'],
  ['gevent', 'simulation', 'executors', 'io', 'testing', 'monitor'],
  ['cli'],
]
const top = floors.length - 1
const allowedSiblings = new Set([
  ...['queues > sync', 'bridges > sync', 'bridges > queues'],
  ...['bounded > sync', 'bounded > queues', 'bounded > bridges'],
])
const vagueNames = /^(utils?|helpers?|managers?)$/
export const maximumLines = 400

interface Place {
  /** The folder, or the file itself for an entry. */
  readonly part: string
  readonly floor: number
  readonly isEntry: boolean
}

/**
 * What is wrong with the layout of a package's sources, one line for each breach; nothing if all is well.
 * Paths are those inside `src`.
 */
export function breaches(tree: SourceTree): string[] {
  const graph = importGraph(tree)
  const found = [...tree].flatMap(([file, source]) => fileBreaches(file, source))
  for (const [file, targets] of graph) {
    for (const target of targets) {
      const breach = edgeBreach(file, target, tree)
      if (breach !== undefined) found.push(`${file} -> ${target}: ${breach}`)
    }
  }
  return [...found, ...circles(graph).map(circle => `circle: ${circle.join(' -> ')}`)]
}

/** The breaches that any package can have, whatever its folders: circles, long files, vague names. */
export function commonBreaches(tree: SourceTree): string[] {
  return [
    ...[...tree].flatMap(([file, source]) => sizeAndNameBreaches(file, source)),
    ...circles(importGraph(tree)).map(circle => `circle: ${circle.join(' -> ')}`),
  ]
}

function fileBreaches(file: string, source: string): string[] {
  const found = sizeAndNameBreaches(file, source)
  const place = placeOf(file)
  if (place === undefined) found.push(`${file}: its folder is on no floor`)
  else if (place.isEntry && !isReExportsOnly(source)) found.push(`${file}: an entry holds re-exports only`)
  return found
}

function sizeAndNameBreaches(file: string, source: string): string[] {
  const found: string[] = []
  const lines = source.split('\n').length - (source.endsWith('\n') ? 1 : 0)
  if (lines > maximumLines) found.push(`${file}: ${lines} lines, where ${maximumLines} is the most`)
  const vague = file.split('/').find(part => part.split(/[.-]/).some(word => vagueNames.test(word)))
  if (vague !== undefined) found.push(`${file}: "${vague}" says nothing about what is inside`)
  if (!file.split('/').every(part => /^[a-z\d]+([.-][a-z\d]+)*$/.test(part)))
    found.push(`${file}: not kebab-case`)
  return found
}

function edgeBreach(file: string, target: string, tree: SourceTree): string | undefined {
  if (!tree.has(target)) return 'there is no such file'
  const from = placeOf(file)
  const to = placeOf(target)
  if (from === undefined || to === undefined) return undefined // said already, of the file
  if (!from.isEntry && basename(target) === 'index.ts') return 'inside src the concrete file is imported'
  if (from.isEntry) return to.part === 'cli' ? 'an entry stays below cli' : undefined
  if (to.isEntry) return 'a floor imports no entry'
  if (to.floor > from.floor) return `upward, from floor ${from.floor} to floor ${to.floor}`
  if (to.floor < from.floor || to.part === from.part) return undefined
  return allowedSiblings.has(`${from.part} > ${to.part}`) ? undefined : `siblings on floor ${from.floor}`
}

function placeOf(file: string): Place | undefined {
  const [first = '', ...rest] = file.split('/')
  const part = rest.length > 0 ? first : first.replace(/\.ts$/, '')
  const floor = floors.findIndex(parts => parts.includes(part))
  // A file of its own at the bottom (`units.ts`) and the command's `cli.ts` stand on their floors.
  if (rest.length > 0 || floor === 0 || floor === top)
    return floor < 0 ? undefined : { part, floor, isEntry: false }
  return { part: file, floor: top, isEntry: true }
}

// Statements of the form `export … from '…'`, or `export type … from '…'`, and nothing else.
function isReExportsOnly(source: string): boolean {
  const code = tokenize(source)
    .filter(token => token.kind !== 'comment')
    .map(token => (token.kind === 'string' ? "'x'" : token.text))
    .join(' ')
  return /^(export (type )?(\{[^{}]*\}|\*( as \w+)?) from 'x' ?;? ?)*$/.test(code)
}
