import { boundNames, children, isClass, isFunction, type Node, unwrap } from './ast.ts'

/** What a function mentions, with the arrow functions inside it counted as its own. */
export interface Mentions {
  this: boolean
  arguments: boolean
  super: boolean
  superCall: boolean
  /** `super(…)` in an arrow function inside. */
  arrowSuperCall: boolean
  /** `super.x = …`, `super.x++`, `delete super.x`: more than reading it. */
  superWrite: boolean
  newTarget: boolean
  /** A direct `eval`, or an identifier that no generator may have. */
  unsuspendable: string | undefined
}

/** Calls inside each other, as in a long chain. */
const MOST_CALLS = 150

/** Everything the emitter has to know of a module before it writes the first word. */
export class Facts {
  readonly mentions: Map<Node, Mentions> = new Map()
  /** How often each name is bound anywhere in the module. */
  readonly bound: Map<string, number> = new Map()
  /** Names that are assigned to somewhere. */
  readonly assigned: Set<string> = new Set()
  /** The functions that a name stands for, where it is bound once and never assigned. */
  readonly functions: Map<string, Node> = new Map()
  /** Functions that run once, as the module loads: called where they stand, or handed to one that is. */
  readonly onceRun: Set<Node> = new Set()
  /** The class member (method, accessor, constructor) or object property a function is the value of. */
  readonly holders: Map<Node, Node> = new Map()
  /** The names that functions and classes without one take from where they stand. */
  readonly names: Map<Node, string> = new Map()
  /** The functions that are methods of a name, as far as the module tells. */
  readonly methods: Map<string, Node[]> = new Map()
  /** Members that are assigned to or deleted, not read. */
  readonly targets: Set<Node> = new Set()
  /** Names that a class of the module extends. */
  readonly extended: Set<string> = new Set()
  /** The functions that are accessors of a name, as far as the module tells. */
  readonly accessors: Record<'get' | 'set', Map<string, Node[]>> = { get: new Map(), set: new Map() }
  /** Names of members that hold something else as well. */
  readonly otherMembers: Set<string> = new Set()
  /** Every function, outermost first. */
  readonly all: Node[] = []

  #withs = 0
  #calls = 0
  /** The functions around the node that is looked at. */
  readonly #around: Mentions[] = []

  constructor(program: Node, isEntry: boolean) {
    this.#visit(program, undefined, undefined)
    if (!isEntry) for (const statement of program.body) this.#findOnceRun(statement)
  }

  of(fn: Node): Mentions {
    return this.mentions.get(fn) as Mentions
  }

  /** Whether a name is the language's own: nothing in the module binds or assigns it. */
  isGlobal(name: string): boolean {
    return !this.bound.has(name) && !this.assigned.has(name)
  }

  /** `lexical` is the function whose `this` we are in, `inner` the one whose body. */
  #visit(node: Node, lexical: Mentions | undefined, inner: Mentions | undefined): void {
    if (isFunction(node)) {
      this.#visitFunction(node, lexical)
      return
    }
    if (isClass(node)) {
      this.#visitClass(node, lexical, inner)
      return
    }
    if (node.type === 'BinaryExpression') {
      let left = node
      for (; left.type === 'BinaryExpression'; left = left.left) this.#visit(left.right, lexical, inner)
      this.#visit(left, lexical, inner)
      return
    }
    this.#note(node, lexical, inner)
    if (node.type === 'WithStatement') this.#withs += 1
    if (node.type === 'CallExpression') this.#enterCall()
    for (const child of children(node)) if (!isName(node, child)) this.#visit(child, lexical, inner)
    if (node.type === 'WithStatement') this.#withs -= 1
    if (node.type === 'CallExpression') this.#calls -= 1
  }

  /** Each call in a chain of calls is one more level in the text of a twin, and an engine reads only so many. */
  #enterCall(): void {
    this.#calls += 1
    if (this.#calls > MOST_CALLS)
      for (const around of this.#around)
        around.unsuspendable = `more than ${MOST_CALLS} calls inside each other`
  }

  #visitFunction(node: Node, lexical: Mentions | undefined): void {
    this.all.push(node)
    if (node.id) this.#bind(node.id.name, node)
    const own: Mentions = {
      this: false,
      arguments: false,
      super: false,
      superCall: false,
      arrowSuperCall: false,
      superWrite: false,
      newTarget: false,
      unsuspendable: this.#withs > 0 ? 'a "with" statement' : undefined,
    }
    this.mentions.set(node, own)
    this.#around.push(own)
    const calls = this.#calls
    this.#calls = 0
    for (const param of node.params) for (const name of boundNames(param)) this.#bind(name)
    for (const child of children(node)) this.#visit(child, own, own)
    this.#calls = calls
    this.#around.pop()
    if (node.type !== 'ArrowFunctionExpression' || lexical === undefined) return
    for (const key of ['this', 'arguments', 'super', 'superCall', 'superWrite', 'newTarget'] as const)
      lexical[key] ||= own[key]
    lexical.arrowSuperCall ||= own.superCall
    lexical.unsuspendable ??= own.unsuspendable === 'eval' ? 'eval' : undefined
  }

  #visitClass(node: Node, lexical: Mentions | undefined, inner: Mentions | undefined): void {
    if (node.id) this.#bind(node.id.name)
    for (const decorator of node.decorators ?? []) this.#visit(decorator, lexical, inner)
    if (node.superClass) {
      const parent = unwrap(node.superClass)
      if (parent.type === 'Identifier') this.extended.add(parent.name)
      this.#visit(node.superClass, lexical, inner)
    }
    for (const member of node.body.body as Node[]) {
      for (const decorator of member.decorators ?? []) this.#visit(decorator, lexical, inner)
      if (member.computed === true) this.#visit(member.key, lexical, inner)
      if (member.type === 'MethodDefinition') {
        this.#noteAccessor(member, member.kind, member.value)
        this.holders.set(member.value, member)
        if (!member.computed) this.#noteMember(keyName(member.key), member.value)
        this.#visit(member.value, undefined, undefined)
      } else if (member.type === 'StaticBlock') {
        for (const statement of member.body) this.#visit(statement, undefined, undefined)
      } else if (member.value) {
        if (!member.computed) this.#noteMember(keyName(member.key), unwrap(member.value))
        this.#name(member.value, member.computed ? undefined : member.key)
        this.#visit(member.value, undefined, undefined)
      }
    }
  }

  #note(node: Node, lexical: Mentions | undefined, inner: Mentions | undefined): void {
    switch (node.type) {
      case 'ThisExpression':
        if (lexical) lexical.this = true
        break
      case 'Super':
        if (lexical) {
          lexical.super = true
          lexical.this = true
        }
        break
      case 'Identifier':
        if (node.name === 'arguments' && lexical) lexical.arguments = true
        if (node.name === 'yield' || node.name === 'await')
          for (const around of this.#around) around.unsuspendable = `the name "${node.name}"`
        break
      case 'MetaProperty':
        if (node.meta.name === 'new' && lexical) lexical.newTarget = true
        break
      case 'WithStatement':
        if (inner) inner.unsuspendable = 'a "with" statement'
        break
      case 'MemberExpression':
        if (inner && node.object.name === 'arguments' && node.property.name === 'callee')
          inner.unsuspendable = '"arguments.callee"'
        break
      case 'CallExpression':
        this.#noteDefinition(node)
        if (unwrap(node.callee).type === 'Super' && lexical) lexical.superCall = true
        if (node.callee.type === 'Identifier' && node.callee.name === 'eval' && lexical)
          lexical.unsuspendable = 'eval'
        break
      case 'VariableDeclarator':
        for (const name of boundNames(node.id)) this.#bind(name, node.init ? unwrap(node.init) : undefined)
        if (node.init) this.#name(node.init, node.id)
        break
      case 'CatchClause':
        if (node.param) for (const name of boundNames(node.param)) this.#bind(name)
        break
      case 'ImportSpecifier':
      case 'ImportDefaultSpecifier':
      case 'ImportNamespaceSpecifier':
        this.#bind(node.local.name)
        break
      case 'AssignmentExpression':
        this.#assign(node.left)
        if (node.left.type === 'MemberExpression' && node.left.computed === false)
          this.#noteMember(keyName(node.left.property), unwrap(node.right))
        if (lexical && isSuperMember(node.left)) lexical.superWrite = true
        if (['=', '&&=', '||=', '??='].includes(node.operator)) this.#name(node.right, node.left)
        break
      case 'AssignmentPattern':
        this.#name(node.right, node.left)
        break
      case 'UpdateExpression':
      case 'UnaryExpression':
        if (node.type === 'UpdateExpression' || node.operator === 'delete')
          this.#assign(deleted(node.argument))
        if (
          lexical &&
          (node.type === 'UpdateExpression' || node.operator === 'delete') &&
          isSuperMember(node.argument)
        )
          lexical.superWrite = true
        break
      case 'ForOfStatement':
      case 'ForInStatement':
        if (node.left.type !== 'VariableDeclaration') this.#assign(node.left)
        break
      case 'Property':
        this.#noteAccessor(node, node.kind, node.value)
        if (node.value && !node.computed) this.#noteMember(keyName(node.key), unwrap(node.value))
        if (node.value && (node.method === true || node.kind === 'get' || node.kind === 'set'))
          this.holders.set(node.value, node)
        else if (node.value) this.#name(node.value, node.computed ? undefined : node.key)
        break
      case 'ExportDefaultDeclaration':
        if (isFunction(node.declaration) || isClass(node.declaration)) {
          if (!node.declaration.id) this.names.set(node.declaration, 'default')
        } else if (unwrap(node.declaration) === node.declaration) this.#nameAs(node.declaration, 'default')
    }
  }

  #bind(name: string, value?: Node): void {
    const times = (this.bound.get(name) ?? 0) + 1
    this.bound.set(name, times)
    if (times === 1 && value !== undefined && isFunction(value)) this.functions.set(name, value)
    else this.functions.delete(name)
  }

  #noteAccessor({ key, computed }: Node, kind: string, fn: Node): void {
    if ((kind !== 'get' && kind !== 'set') || computed === true || !fn || !isFunction(fn)) return
    const name = keyName(key)
    if (name !== undefined) this.#addAccessor(name, kind, fn)
  }

  /** `Object.defineProperty(o, 'name', { get() {…} })` */
  #noteDefinition(call: Node): void {
    const [, key, descriptor] = call.arguments as Node[]
    const isDefining =
      call.callee.type === 'MemberExpression' && call.callee.property.name === 'defineProperty'
    if (!isDefining || key?.type !== 'Literal' || descriptor?.type !== 'ObjectExpression') return
    for (const property of descriptor.properties) {
      const kind = property.key ? keyName(property.key) : undefined
      if ((kind === 'get' || kind === 'set') && isFunction(unwrap(property.value)))
        this.#addAccessor(String(key.value), kind, unwrap(property.value))
    }
  }

  #addAccessor(name: string, kind: 'get' | 'set', fn: Node): void {
    const known = this.accessors[kind].get(name)
    if (known === undefined) this.accessors[kind].set(name, [fn])
    else known.push(fn)
  }

  #noteMember(name: string | undefined, value: Node): void {
    if (name === undefined) return
    if (!isFunction(value)) {
      if (value.type !== 'Literal') this.otherMembers.add(name)
      return
    }
    const known = this.methods.get(name)
    if (known === undefined) this.methods.set(name, [value])
    else known.push(value)
  }

  /** Notes what is assigned to: names, and members wherever they stand in a pattern. */
  #assign(target: Node): void {
    for (const member of assignedMembers(target)) this.targets.add(member)
    for (const name of assignedNames(target)) {
      this.assigned.add(name)
      this.functions.delete(name)
    }
  }

  /** A function without a name takes that of a plain name or key; parentheses around it do not matter, anything else does. */
  #name(value: Node, target: Node | undefined): void {
    const name = target === undefined ? undefined : keyName(target)
    if (name !== undefined) this.#nameAs(unwrap(value), name)
  }

  #nameAs(value: Node, name: string): void {
    if (
      (isFunction(value) && value.type !== 'FunctionDeclaration' && !value.id) ||
      (isClass(value) && !value.id)
    )
      this.names.set(value, name)
  }

  #findOnceRun(statement: Node): void {
    const expressions: Node[] =
      statement.type === 'ExpressionStatement'
        ? [statement.expression]
        : statement.type === 'VariableDeclaration'
          ? statement.declarations.map((one: Node) => one.init).filter(Boolean)
          : []
    for (const expression of expressions) this.#findCalledOnce(unwrap(expression))
  }

  #findCalledOnce(expression: Node): void {
    if (expression.type === 'UnaryExpression') return this.#findCalledOnce(unwrap(expression.argument))
    if (expression.type === 'AssignmentExpression') return this.#findCalledOnce(unwrap(expression.right))
    if (expression.type === 'SequenceExpression') {
      for (const one of expression.expressions) this.#findCalledOnce(unwrap(one))
      return
    }
    if (expression.type !== 'CallExpression') return
    const callee = unwrap(expression.callee)
    const method =
      callee.type === 'MemberExpression' && callee.property.name === 'call' ? unwrap(callee.object) : callee
    if (!isFunction(method)) return
    this.#runsOnce(method)
    for (const argument of expression.arguments) this.#runsOnce(unwrap(argument))
  }

  #runsOnce(fn: Node): void {
    if (!isFunction(fn) || fn.async === true || fn.generator === true) return
    this.onceRun.add(fn)
    if (fn.body.type === 'BlockStatement') for (const statement of fn.body.body) this.#findOnceRun(statement)
  }
}

/** What `delete` takes away: the last member of a chain. */
function deleted(node: Node): Node {
  const inner = unwrap(node)
  return inner.type === 'ChainExpression' ? inner.expression : inner
}

/** A key or the name of a member, which stands for nothing but itself. */
function isName(parent: Node, child: Node): boolean {
  if (parent.computed === true || parent.shorthand === true) return false
  return (
    (parent.type === 'MemberExpression' && child === parent.property) ||
    (parent.type === 'Property' && child === parent.key)
  )
}

function isSuperMember(node: Node): boolean {
  const target = unwrap(node)
  return target.type === 'MemberExpression' && target.object.type === 'Super'
}

/** The name or the key as a string, where it can be read off the text. */
export function keyName(key: Node): string | undefined {
  if (key.type === 'Identifier') return key.name
  if (key.type === 'PrivateIdentifier') return `#${key.name}`
  if (key.type === 'Literal') return key.bigint ?? String(key.value)
  return undefined
}

function* assignedMembers(target: Node): Generator<Node> {
  const inner = unwrap(target)
  if (inner.type === 'MemberExpression') yield inner
  for (const part of partsOf(inner)) yield* assignedMembers(part)
}

/** What a pattern assigns to. */
function partsOf(pattern: Node): Node[] {
  switch (pattern.type) {
    case 'ArrayPattern':
      return pattern.elements.filter((element: Node | null) => element !== null)
    case 'ObjectPattern':
      return pattern.properties.map((property: Node) => property.value ?? property.argument)
    case 'AssignmentPattern':
      return [pattern.left]
    case 'RestElement':
      return [pattern.argument]
    default:
      return []
  }
}

function* assignedNames(target: Node): Generator<string> {
  const inner = unwrap(target)
  if (inner.type === 'Identifier') yield inner.name
  for (const part of partsOf(inner)) yield* assignedNames(part)
}
