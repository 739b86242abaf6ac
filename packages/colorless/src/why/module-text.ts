import { pathToFileURL } from 'node:url'
import { parseSync } from 'oxc-parser'
import { withoutTypes } from '../loader/strip-types.ts'
import type { Node } from '../transform/ast.ts'
import { Facts } from '../transform/facts.ts'
import { type Assumptions, Reach } from '../transform/reach.ts'
import type { Place } from './report.ts'

/** A file, with what the transform knows of it. */
export class ModuleText {
  readonly path: string
  readonly program: Node
  readonly facts: Facts
  readonly reach: Reach
  readonly #text: string
  readonly #lines: readonly string[]
  readonly #starts: readonly number[]

  /** @throws Error with what is wrong with the text */
  constructor(path: string, text: string, assume: Partial<Assumptions>) {
    this.path = path
    const url = pathToFileURL(path).href
    const script = /\.[cm]?ts$/.test(path) ? withoutTypes(text, url) : text
    if (script === undefined) throw new Error('it has a fault, or syntax that has to be compiled')
    const { errors, program } = parseSync('module.js', script, {
      lang: 'js',
      astType: 'js',
      preserveParens: true,
      sourceType: path.endsWith('.cjs') || path.endsWith('.cts') ? 'commonjs' : 'unambiguous',
    })
    const [error] = errors
    if (error !== undefined) throw new Error(error.message)
    this.program = program as unknown as Node
    this.facts = new Facts(this.program, false)
    this.reach = new Reach(this.facts, { builtins: false, closed: false, ...assume })
    this.#text = text
    this.#lines = text.split('\n')
    let start = 0
    this.#starts = this.#lines.map(line => {
      const at = start
      start += line.length + 1
      return at
    })
  }

  placeOf(offset: number): Place {
    const line = this.#starts.findLastIndex(start => start <= offset)
    return { path: this.path, line: line + 1, column: offset - (this.#starts[line] ?? 0) + 1 }
  }

  /** A line as it was written, without the white space around it. */
  lineText(line: number): string {
    return this.#lines[line - 1]?.trim() ?? ''
  }

  /** The text of a node as it was written, on one line, cut where it is long. */
  textOf({ start, end }: Node): string {
    const written = this.#text.slice(start, end).replace(/\s+/g, ' ')
    return written.length > LONGEST ? `${written.slice(0, LONGEST)}…` : written
  }
}

const LONGEST = 60
