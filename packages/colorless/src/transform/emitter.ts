import { children, directivesOf, isFunction, type Node } from './ast.ts'
import { Activation, type Context } from './context.ts'
import type { Facts } from './facts.ts'
import type { Reach } from './reach.ts'
import type { Writer } from './writer.ts'

interface ListOptions {
  /** What comes before the first statement. */
  readonly first?: string
  /** Of a `case`: what it declares may be called without the case having been reached, so nothing is wrapped. */
  readonly isCase?: boolean
  /** Called after each. */
  readonly after?: (statement: Node) => void
}

/** Writes an optional chain; the object of its last member is kept in the variable `self`. */
export type ChainWriter = (member: Node, context: Context, self: string, emitter: Emitter) => void

/** Writes one kind of node. */
export type Handler = (node: Node, context: Context, emitter: Emitter) => void

/**
 * Writes the output node by node: a node without a handler is copied, with what is inside it written by its own handlers.
 */
export class Emitter {
  readonly writer: Writer
  readonly facts: Facts
  readonly reach: Reach
  /** Begins every name of ours: nothing in the source does. */
  readonly prefix: string
  /** What of the runtime is used. */
  readonly imports: Set<string> = new Set()
  /** Variables of the whole module. */
  readonly moduleVariables: Set<string> = new Set()
  /** The symbols of twins, with the names of their functions. */
  readonly symbols: Map<string, string> = new Map()
  /** The names of twins that declared functions are wrapped around, until these are written. */
  readonly wrapped: Map<Node, string> = new Map()
  /** Functions that take their names from computed keys, with the variables that hold these. */
  readonly computedNames: Map<Node, string> = new Map()
  readonly isCounting: boolean
  readonly #declare: Handler
  readonly #chain: ChainWriter
  readonly #handlers: Readonly<Record<string, Handler>>
  readonly #comments: readonly Node[]
  #serial = 0

  constructor(parts: {
    writer: Writer
    facts: Facts
    reach: Reach
    comments: readonly Node[]
    handlers: Readonly<Record<string, Handler>>
    /** Writes what gives a declared function its twin. */
    declare: Handler
    /** Writes an optional chain that ends in a member, and keeps that member's object. */
    chain: ChainWriter
    isCounting: boolean
  }) {
    this.writer = parts.writer
    this.facts = parts.facts
    this.reach = parts.reach
    this.#comments = parts.comments
    this.#handlers = parts.handlers
    this.isCounting = parts.isCounting
    this.#declare = parts.declare
    this.#chain = parts.chain
    this.prefix = prefixFor(parts.writer.source)
  }

  emit(node: Node, context: Context): void {
    const instead = context.instead.get(node)
    if (instead !== undefined) {
      this.text(instead.text, node.start)
      return
    }
    const handler = this.#handlers[node.type]
    if (handler === undefined) this.copy(node, context)
    else handler(node, context, this)
  }

  emitChain(member: Node, context: Context, self: string): void {
    this.#chain(member, context, self, this)
  }

  /** As in the source, but for what is inside. */
  copy(node: Node, context: Context): void {
    let at = node.start
    for (const child of children(node)) {
      this.gap(at, child.start, context)
      this.emit(child, context)
      at = child.end
    }
    this.gap(at, node.end, context)
  }

  /** Source text between nodes; comments are not repeated. */
  gap(start: number, end: number, context: Context): void {
    if (!context.wraps) {
      this.writer.copy(start, end)
      return
    }
    let at = start
    for (const comment of this.#commentsIn(start, end)) {
      this.writer.copy(at, comment.start)
      const text = this.writer.source.slice(comment.start, comment.end)
      if (comment.type === 'Block') this.writer.text(text.includes('\n') ? '\n' : ' ')
      at = comment.end
    }
    this.writer.copy(at, end)
  }

  text(text: string, at?: number): void {
    this.writer.text(text, at)
  }

  /** The name under which something of the runtime is imported. */
  runtime(name: string): string {
    this.imports.add(name)
    return this.prefix + name
  }

  /** A name of our own that tells what it stands for; none for what has none. */
  fresh(name: string | undefined): string {
    if (name === undefined || !/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return ''
    this.#serial += 1
    return `${name}${this.prefix}${this.#serial}`
  }

  /** The symbol under which a class keeps the twin of a function while it is defined. */
  symbol(of: string | undefined): string {
    const name = `${this.prefix}k${this.symbols.size}`
    this.symbols.set(name, of ?? 'anonymous')
    return name
  }

  /** A variable of the module: for what is read again before anything else can run; with a name, one for all such. */
  moduleVariable(shared?: string): string {
    const name = this.prefix + (shared ?? `v${this.moduleVariables.size}`)
    this.moduleVariables.add(name)
    return name
  }

  /** With `count`, every function that can reach a switch says how it was entered: as it was (0) or by its twin (1). */
  counted(fn: Node, how: 0 | 1): string {
    return this.isCounting && this.reach.needsTwin(fn) ? `${this.runtime('counted')}(${how});` : ''
  }

  activation(): Activation {
    return new Activation(this.prefix)
  }

  /** The statements of a body from `start` to `end`: the functions declared among them get their twins before anything runs. */
  list(
    statements: readonly Node[],
    context: Context,
    start: number,
    end: number,
    options: ListOptions = {},
  ): void {
    const directives = directivesOf(statements)
    let at = start
    for (const statement of directives) {
      this.gap(at, statement.end, context)
      at = statement.end
    }
    if (directives.length > 0 && this.writer.lastCharacter !== ';') this.text(';')
    this.text(options.first ?? '')
    for (const fn of this.#declaredIn(statements))
      this.#declare(fn, options.isCase === true ? { ...context, wraps: false } : context, this)
    for (const statement of statements.slice(directives.length)) {
      this.gap(at, statement.start, context)
      // An expression that comes to begin with a parenthesis would go on with a line before it that has no semicolon.
      if (
        context.suspends &&
        statement.type === 'ExpressionStatement' &&
        !/[;{]/.test(this.writer.lastCharacter)
      )
        this.text(';')
      this.emit(statement, context)
      options.after?.(statement)
      at = statement.end
    }
    this.gap(at, end, context)
  }

  /** The functions declared in a list that need twins; of several with one name, the last is what the name means. */
  #declaredIn(statements: readonly Node[]): Node[] {
    const byName = new Map<string, Node>()
    for (const statement of statements) {
      const fn = declarationIn(statement)
      if (fn === undefined || !this.reach.needsTwin(fn)) continue
      byName.set(fn.id.name, fn)
    }
    return [...byName.values()]
  }

  *#commentsIn(start: number, end: number): Generator<Node> {
    let low = 0
    let high = this.#comments.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#comments[middle] as Node).start < start) low = middle + 1
      else high = middle
    }
    for (; low < this.#comments.length; low++) {
      const comment = this.#comments[low] as Node
      if (comment.start >= end) return
      yield comment
    }
  }
}

/** The named function that a statement of a list declares. */
function declarationIn(statement: Node): Node | undefined {
  const inner =
    statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
      ? statement.declaration
      : statement
  return inner && inner.type === 'FunctionDeclaration' && isFunction(inner) && inner.id ? inner : undefined
}

function prefixFor(source: string): string {
  let prefix = '$$'
  while (source.includes(prefix)) prefix += '$'
  return prefix
}
