import { encode } from '@jridgewell/sourcemap-codec'

/** A source map, as bundlers and Node take it. */
export interface SourceMap {
  version: 3
  sources: string[]
  sourcesContent: string[]
  names: string[]
  mappings: string
}

/** A place in the output whose text is known only later. */
export interface Hole {
  kind: 'hole'
  text: string
}

type Piece =
  | Hole
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'copy'; readonly start: number; readonly end: number }
  /** What follows stands for this offset of the source. */
  | { readonly kind: 'mark'; readonly at: number }

/**
 * Writes the output: copies of source text, any number of times over, and text of its own, each with the offset of the
 * source that it stands for.
 */
export class Writer {
  readonly source: string
  readonly #pieces: Piece[] = []
  /** The last text that is not all space, and the last character. */
  #last = ''
  #end = ''

  constructor(source: string) {
    this.source = source
  }

  /** Text of our own; with `at`, it stands for what is at that offset of the source. */
  text(text: string, at?: number): void {
    if (text === '') return
    // What was written as `return(…)=>…` comes to begin with a name.
    if (IN_NAME.test(this.#end) && IN_NAME.test(text.charAt(0)))
      this.#pieces.push({ kind: 'text', text: ' ' })
    if (at !== undefined) this.mark(at)
    this.#pieces.push({ kind: 'text', text })
    this.#wrote(text)
  }

  /** Text that is part of a longer word, as a template's is. */
  raw(text: string): void {
    if (text === '') return
    this.#pieces.push({ kind: 'text', text })
    this.#wrote(text)
  }

  /** What follows stands for this offset. */
  mark(at: number): void {
    this.#pieces.push({ kind: 'mark', at })
  }

  /** A copy of source text. */
  copy(start: number, end: number): void {
    if (start >= end) return
    this.#pieces.push({ kind: 'copy', start, end })
    const text = this.source.slice(start, end)
    this.#wrote(text)
  }

  #wrote(text: string): void {
    this.#end = text.at(-1) as string
    if (text.trim() !== '') this.#last = text
  }

  hole(): Hole {
    const hole: Hole = { kind: 'hole', text: '' }
    this.#pieces.push(hole)
    return hole
  }

  /** The last character written that is no space. */
  get lastCharacter(): string {
    return this.#last.trimEnd().at(-1) ?? ''
  }

  code(): string {
    return this.#pieces.map(piece => this.#textOf(piece)).join('')
  }

  map(filename: string): SourceMap {
    const mappings = new Mappings(this.source)
    for (const piece of this.#pieces) {
      if (piece.kind === 'mark') mappings.stand(piece.at)
      else if (piece.kind === 'copy') mappings.copy(piece.start, this.#textOf(piece))
      else mappings.advance(piece.text)
    }
    return {
      version: 3,
      sources: [filename],
      sourcesContent: [this.source],
      names: [],
      mappings: encode(mappings.lines),
    }
  }

  #textOf(piece: Piece): string {
    if (piece.kind === 'mark') return ''
    return piece.kind === 'copy' ? this.source.slice(piece.start, piece.end) : piece.text
  }
}

const IN_NAME = /[\p{ID_Continue}$]/u

type Segment = [column: number, source: number, line: number, sourceColumn: number]

class Mappings {
  readonly lines: Segment[][] = [[]]
  #column = 0
  readonly #starts: number[] = [0]

  constructor(source: string) {
    for (let i = source.indexOf('\n'); i !== -1; i = source.indexOf('\n', i + 1)) this.#starts.push(i + 1)
  }

  /** What comes next stands for this offset. */
  stand(at: number): void {
    const line = this.#lineOf(at)
    const segment: Segment = [this.#column, 0, line, at - (this.#starts[line] as number)]
    const segments = this.lines.at(-1) as Segment[]
    if (segments.at(-1)?.[0] === segment[0]) segments.pop()
    segments.push(segment)
  }

  copy(start: number, text: string): void {
    let from = 0
    for (let i = text.indexOf('\n'); ; i = text.indexOf('\n', from)) {
      this.stand(start + from)
      if (i === -1) break
      this.advance(text.slice(from, i + 1))
      from = i + 1
      if (from === text.length) return
    }
    this.advance(text.slice(from))
  }

  advance(text: string): void {
    const rows = text.split('\n')
    for (let i = 1; i < rows.length; i++) this.lines.push([])
    this.#column = rows.length === 1 ? this.#column + text.length : (rows.at(-1) as string).length
  }

  #lineOf(offset: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}
