import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../../..')

/** The text of a file of the repository, or of a package in it. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The READMEs of installed packages: real text, of many hands. */
export function readmes(count: number): string {
  return READMES.slice(0, count)
    .map(name => read(`node_modules/${name}/README.md`))
    .join('\n\n')
}

const READMES = [
  'mustache',
  'marked',
  'acorn',
  'ajv',
  'zod',
  'piscina',
  'fast-check',
  'workerpool',
  'js-yaml',
  'postcss',
]

/** Random numbers, the same in every run: whole, from 0 to `below`. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** One of a list. */
export function pick<T>(random: (below: number) => number, list: readonly T[]): T {
  return list[random(list.length)] as T
}
