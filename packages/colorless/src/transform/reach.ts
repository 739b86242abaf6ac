import { boundNames, children, isClass, isFunction, type Node, unwrap } from './ast.ts'
import type { Facts } from './facts.ts'
import {
  isPlainMember,
  METHODS_OF_LITERALS,
  NAMES_OF_BUILTINS,
  PLAIN_CONSTRUCTORS,
  PLAIN_GLOBALS,
  PLAIN_NAMESPACES,
} from './natives.ts'

/** What may be taken for granted though other code could make it untrue. */
export interface Assumptions {
  /** Methods named as the language's own (`push`, `charCodeAt`, …) are the language's own. */
  readonly builtins: boolean
  /** Methods that only this module defines are not overridden elsewhere. */
  readonly closed: boolean
}

/**
 * Which functions can reach a switch, and so need a twin: those that call something of which it is not known, from this module alone,
 * that nothing beneath it waits. The others are left plain: calling them costs what it always did.
 */
export class Reach {
  readonly #facts: Facts
  readonly #assume: Assumptions
  readonly #reaching = new Set<Node>()
  readonly #obstacles = new Map<Node, { readonly text: string | undefined }>()
  /** What in a function reaches: the first place, for whoever asks why. */
  readonly #first = new Map<Node, Node>()

  constructor(facts: Facts, assume: Assumptions) {
    this.#facts = facts
    this.#assume = assume
    this.#spread()
  }

  /** Whether a function of the module needs a twin. */
  needsTwin(fn: Node): boolean {
    return this.obstacle(fn) === undefined && this.#reaching.has(fn)
  }

  /** Whether anything in a function may wait, whatever stands in the way of a twin. */
  reachesIn(fn: Node): boolean {
    return this.#reaching.has(fn)
  }

  /** The first call in a function that may wait. */
  firstIn(fn: Node): Node | undefined {
    return this.#first.get(fn)
  }

  /** Whether a property of this name may be an accessor of this module that waits. */
  isAccessor(name: string, kind: 'get' | 'set'): boolean {
    return this.#facts.accessors[kind].get(name)?.some(fn => this.needsTwin(fn)) === true
  }

  /** What keeps a function from having a twin though it may reach a switch. */
  obstacle(fn: Node): string | undefined {
    let known = this.#obstacles.get(fn)
    if (known === undefined) {
      // To find out may lead back here: a function that its own parameters call.
      this.#obstacles.set(fn, { text: undefined })
      known = { text: this.#findObstacle(fn) }
      this.#obstacles.set(fn, known)
    }
    return known.text
  }

  #findObstacle(fn: Node): string | undefined {
    if (fn.async === true) return 'it is async: it waits with await'
    if (this.#facts.onceRun.has(fn)) return 'it runs once, while its module is loaded'
    const { unsuspendable, superCall, arrowSuperCall } = this.#facts.of(fn)
    if (unsuspendable === 'eval') return 'it calls eval directly'
    if (unsuspendable !== undefined) return `it uses ${unsuspendable}, which a generator cannot`
    if ((fn.type === 'ArrowFunctionExpression' && superCall) || arrowSuperCall)
      return 'it calls super(…) from an arrow function'
    if (fn.type === 'ArrowFunctionExpression' && this.#facts.of(fn).superWrite)
      return 'it writes to super.… from an arrow function'
    if (fn.generator === true && this.#facts.holders.get(fn)?.key?.type === 'PrivateIdentifier')
      return 'it is a private generator method'
    if (this.#assignsItself(fn)) return 'it assigns to its own name'
    if (this.#declaresAgain(fn))
      return 'a name in its parameters, one of which has a default that calls something, is declared again in its body'
    if (fn.generator === true && fn.params.some((param: Node) => this.contains(param)))
      return 'a parameter of a generator function has a default that calls something'
    return undefined
  }

  #assignsItself(fn: Node): boolean {
    if (fn.type !== 'FunctionExpression' || !fn.id || !this.#facts.assigned.has(fn.id.name)) return false
    const name: string = fn.id.name
    return [...inside(fn.body)].some(
      node =>
        (node.type === 'AssignmentExpression' && node.left.name === name) ||
        (node.type === 'UpdateExpression' && node.argument.name === name),
    )
  }

  /** `function (a = f(), b = () => x) { var x }`: parameters have a scope of their own, which those of a twin have not. */
  #declaresAgain(fn: Node): boolean {
    if (!fn.params.some((param: Node) => this.contains(param))) return false
    const names = new Set<string>()
    for (const param of fn.params)
      for (const node of inside(param)) if (node.type === 'Identifier') names.add(node.name)
    for (const node of own(fn.body)) {
      if (node.type !== 'VariableDeclaration' || node.kind !== 'var') continue
      for (const { id } of node.declarations)
        for (const name of boundNames(id)) if (names.has(name)) return true
    }
    const statements: readonly Node[] = fn.body.type === 'BlockStatement' ? fn.body.body : []
    return statements.some(one => one.type === 'FunctionDeclaration' && names.has(one.id.name))
  }

  /** Whether a node itself, not what is inside it, may wait. */
  reaches(node: Node): boolean {
    return this.#calls(node, fn => this.needsTwin(fn))
  }

  /** Whether a function's own parts may wait, leaving out calls that do not count. */
  reachesApartFrom(fn: Node, isLeftOut: (node: Node) => boolean): boolean {
    for (const part of [...fn.params, fn.body] as Node[])
      for (const node of own(part)) if (this.reaches(node) && !isLeftOut(node)) return true
    return false
  }

  /** Whether anything in a node may wait, functions inside it left out. */
  contains(node: Node): boolean {
    for (const one of own(node)) if (this.reaches(one)) return true
    return false
  }

  /** Starts from those that call something unknown, and goes on to whoever calls one of these. */
  #spread(): void {
    const waiting = new Map<Node, readonly Node[]>()
    for (const fn of this.#facts.all) {
      const suspects = this.#suspectsIn(fn)
      if (suspects.length > 0) waiting.set(fn, suspects)
    }
    for (let changed = true; changed; ) {
      changed = false
      for (const [fn, suspects] of waiting) {
        const first = suspects.find(node => this.#calls(node, callee => this.#reaching.has(callee)))
        if (first === undefined) continue
        this.#reaching.add(fn)
        this.#first.set(fn, first)
        waiting.delete(fn)
        changed = true
      }
    }
  }

  /** What in a function may wait if all functions of the module could. */
  #suspectsIn(fn: Node): Node[] {
    return [...fn.params, fn.body].flatMap(part =>
      [...own(part)].filter(node => this.#calls(node, () => true)),
    )
  }

  #calls(node: Node, isReaching: (fn: Node) => boolean): boolean {
    switch (node.type) {
      case 'CallExpression':
        return this.#callReaches(node, isReaching)
      case 'NewExpression': {
        const callee = unwrap(node.callee)
        if (callee.type !== 'Identifier') return true
        const local = this.#facts.functions.get(callee.name)
        if (local !== undefined) return isReaching(local)
        return !(this.#facts.isGlobal(callee.name) && PLAIN_CONSTRUCTORS.has(callee.name))
      }
      case 'TaggedTemplateExpression': {
        const tag = unwrap(node.tag)
        return !(
          tag.type === 'MemberExpression' &&
          this.#isNamespace(tag.object, 'String') &&
          tag.property.name === 'raw'
        )
      }
      case 'ForOfStatement':
        return node.await !== true && unwrap(node.right).type !== 'ArrayExpression'
      case 'MemberExpression':
        return this.#reads(node).some(isReaching)
      case 'ArrayExpression':
        return hasSpread(node.elements)
      case 'ArrayPattern':
        return true
      case 'YieldExpression':
        return node.delegate === true
      default:
        return false
    }
  }

  /** The accessors that a member may run. */
  #reads({ computed, property }: Node): Node[] {
    if (computed === true) return []
    const { get, set } = this.#facts.accessors
    return [...(get.get(property.name) ?? []), ...(set.get(property.name) ?? [])]
  }

  #callReaches(node: Node, isReaching: (fn: Node) => boolean): boolean {
    if (hasSpread(node.arguments)) return true
    const callee = unwrap(node.callee)
    if (callee.type === 'Identifier') {
      if (callee.name === 'eval') return false
      const local = this.#facts.functions.get(callee.name)
      if (local !== undefined) return isReaching(local)
      return !(this.#facts.isGlobal(callee.name) && PLAIN_GLOBALS.has(callee.name))
    }
    if (isFunction(callee)) return isReaching(callee)
    if (callee.type !== 'MemberExpression' || callee.computed === true) return true
    const name = callee.property.name as string
    const object = unwrap(callee.object)
    if (object.type === 'Identifier' && this.#facts.isGlobal(object.name) && isPlainMember(object.name, name))
      return false
    if (this.#isMethodOfLiteral(object, name)) return false
    if ((name === 'call' || name === 'apply') && this.#isMethodOfPrototype(object)) return false
    const methods = this.#facts.methods.get(name)
    if (methods === undefined) return !(this.#assume.builtins && NAMES_OF_BUILTINS.has(name))
    return !this.#assume.closed || this.#facts.otherMembers.has(name) || methods.some(isReaching)
  }

  #isNamespace(node: Node, name: string): boolean {
    const object = unwrap(node)
    return object.type === 'Identifier' && object.name === name && this.#facts.isGlobal(name)
  }

  #isMethodOfLiteral(object: Node, name: string): boolean {
    if (object.type === 'TemplateLiteral') return METHODS_OF_LITERALS.string.has(name)
    if (object.type === 'ArrayExpression') return METHODS_OF_LITERALS.array.has(name)
    if (object.type !== 'Literal') return false
    if (object.regex) return METHODS_OF_LITERALS.regexp.has(name)
    return METHODS_OF_LITERALS.string.has(name)
  }

  /** `Object.prototype.hasOwnProperty`, of `….call(o, key)`. */
  #isMethodOfPrototype(object: Node): boolean {
    if (object.type !== 'MemberExpression' || object.computed === true) return false
    const prototype = unwrap(object.object)
    if (prototype.type !== 'MemberExpression' || prototype.property.name !== 'prototype') return false
    const owner = unwrap(prototype.object)
    if (owner.type !== 'Identifier' || !this.#facts.isGlobal(owner.name) || !PLAIN_NAMESPACES.has(owner.name))
      return false
    return owner.name === 'Object' || METHODS_OF_LITERALS.array.has(object.property.name)
  }
}

function hasSpread(list: readonly (Node | null)[]): boolean {
  return list.some(item => item?.type === 'SpreadElement' && unwrap(item.argument).type !== 'ArrayExpression')
}

/** A node and all in it that runs with it: not the functions inside, nor what a class does when it is constructed. */
export function own(node: Node): Generator<Node> {
  return walk(node, partsOf)
}

/** A node and everything in it. */
function inside(node: Node): Generator<Node> {
  return walk(node, children)
}

/** In the order of the text, without recursion: a chain of calls may be thousands deep. */
function* walk(node: Node, partsOf: (node: Node) => readonly Node[]): Generator<Node> {
  const waiting = [node]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (partsOf !== children && isFunction(next)) continue
    yield next
    waiting.push(...partsOf(next).toReversed())
  }
}

function partsOf(node: Node): readonly Node[] {
  if (!isClass(node)) return children(node)
  const keys = node.body.body
    .filter((member: Node) => member.computed === true)
    .map((member: Node) => member.key)
  return node.superClass ? [node.superClass, ...keys] : keys
}
