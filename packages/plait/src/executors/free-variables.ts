import type { AnyNode, Class, Function as FunctionNode, Node, Pattern } from 'acorn'

/**
 * What has a value by where it stands is a name like any other here: `this`, `arguments`, `super`, `new.target` and
 * `import.meta`, and `#name` for what is private to a class. None of them can be mistaken for a variable, and scopes
 * bind them by the same rules.
 */
const OF_FUNCTION: readonly string[] = ['this', 'arguments', 'new.target']
const OF_METHOD: readonly string[] = [...OF_FUNCTION, 'super']

/** How a function was written, which says what is its own in it. */
export type Writing = 'arrow' | 'function' | 'method'

const ofRoot: Readonly<Record<Writing, readonly string[]>> = {
  arrow: [],
  function: OF_FUNCTION,
  method: ['this', 'arguments'], // it stands alone, so that `super` and `new.target` point at nothing
}

/**
 * The names that a function uses and does not bind, each once, in order of appearance. The rules are those of strict
 * mode; what only `typeof` asks for is left out, since it needs no variable.
 */
export function freeVariables(root: FunctionNode, writing: Writing): string[] {
  const search = new Search()
  const around = new Scope(undefined, false)
  if (root.id) around.declare(root.id.name)
  search.enterFunction(root, around, ofRoot[writing])
  return search.unbound()
}

/** The names that are bound in one region of the source. */
class Scope {
  readonly #names = new Set<string>()
  readonly #outer: Scope | undefined
  readonly #holdsVars: boolean

  constructor(outer: Scope | undefined, holdsVars: boolean, names: readonly string[] = []) {
    this.#outer = outer
    this.#holdsVars = holdsVars
    for (const name of names) this.#names.add(name)
  }

  declare(name: string): void {
    this.#names.add(name)
  }

  declareVar(name: string): void {
    if (this.#holdsVars || this.#outer === undefined) this.#names.add(name)
    else this.#outer.declareVar(name)
  }

  binds(name: string): boolean {
    return this.#names.has(name) || (this.#outer?.binds(name) ?? false)
  }
}

interface Use {
  readonly name: string
  readonly scope: Scope
}

/**
 * Walks the tree once, in the order of the source, which is that of the parts of each node. A use is looked up when all is
 * read, since a declaration holds for what stands above it too.
 */
class Search {
  readonly #uses: Use[] = []

  unbound(): string[] {
    const free = this.#uses.filter(({ name, scope }) => !scope.binds(name))
    return [...new Set(free.map(({ name }) => name))]
  }

  /** Parameters have a scope around that of the body: their defaults do not see its variables. */
  enterFunction(node: FunctionNode, outer: Scope, own: readonly string[]): void {
    const head = new Scope(outer, false, own)
    for (const parameter of node.params) this.#bind(parameter, head, name => head.declare(name))
    const body = new Scope(head, true)
    if (node.body.type === 'BlockStatement') this.#enterAll(node.body.body, body)
    else this.#enter(node.body, body)
  }

  #enterClass(node: Class, outer: Scope): void {
    const inner = new Scope(outer, false)
    if (node.id) inner.declare(node.id.name)
    if (node.superClass) this.#enter(node.superClass, inner)
    for (const member of node.body.body) {
      if (member.type === 'StaticBlock') {
        this.#enterAll(member.body, new Scope(inner, true, OF_METHOD))
        continue
      }
      if (member.key.type === 'PrivateIdentifier') inner.declare(`#${member.key.name}`)
      if (member.computed) this.#enter(member.key, inner)
      if (member.type === 'MethodDefinition') this.enterFunction(member.value, inner, OF_METHOD)
      else if (member.value) this.#enter(member.value, new Scope(inner, false, OF_METHOD))
    }
  }

  #enter(given: Node, scope: Scope): void {
    const node = given as AnyNode
    switch (node.type) {
      case 'Identifier':
        return this.#use(node.name, scope)
      case 'ThisExpression':
        return this.#use('this', scope)
      case 'Super':
        return this.#use('super', scope)
      case 'MetaProperty':
        return this.#use(`${node.meta.name}.${node.property.name}`, scope)
      case 'PrivateIdentifier':
        return this.#use(`#${node.name}`, scope)

      // Names that are no variables
      case 'UnaryExpression':
        if (node.operator === 'typeof' && node.argument.type === 'Identifier') return
        return this.#enter(node.argument, scope)
      case 'MemberExpression':
        this.#enter(node.object, scope)
        if (node.computed || node.property.type === 'PrivateIdentifier') this.#enter(node.property, scope)
        return
      case 'Property':
        if (node.computed) this.#enter(node.key, scope)
        if (node.kind === 'init' && !node.method) return this.#enter(node.value, scope)
        return this.enterFunction(node.value as FunctionNode, scope, OF_METHOD)
      case 'LabeledStatement':
        return this.#enter(node.body, scope)
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'Literal':
      case 'TemplateElement':
        return

      // What declares
      case 'FunctionDeclaration':
        if (node.id) scope.declare(node.id.name)
        return this.enterFunction(node, scope, OF_FUNCTION)
      case 'FunctionExpression':
        return this.enterFunction(node, new Scope(scope, false, node.id ? [node.id.name] : []), OF_FUNCTION)
      case 'ArrowFunctionExpression':
        return this.enterFunction(node, scope, [])
      case 'ClassDeclaration':
        if (node.id) scope.declare(node.id.name)
        return this.#enterClass(node, scope)
      case 'ClassExpression':
        return this.#enterClass(node, scope)
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations) {
          this.#bind(id, scope, name => (node.kind === 'var' ? scope.declareVar(name) : scope.declare(name)))
          if (init) this.#enter(init, scope)
        }
        return

      // What has a scope of its own
      case 'BlockStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.#enterParts(node, new Scope(scope, false))
      case 'SwitchStatement':
        this.#enter(node.discriminant, scope)
        return this.#enterAll(node.cases, new Scope(scope, false))
      case 'CatchClause': {
        const inner = new Scope(scope, false)
        if (node.param) this.#bind(node.param, inner, name => inner.declare(name))
        return this.#enter(node.body, inner)
      }

      default:
        return this.#enterParts(node, scope)
    }
  }

  /** A pattern that declares; in one that only assigns, the names are uses. */
  #bind(pattern: Pattern, scope: Scope, declare: (name: string) => void): void {
    switch (pattern.type) {
      case 'Identifier':
        return declare(pattern.name)
      case 'RestElement':
        return this.#bind(pattern.argument, scope, declare)
      case 'AssignmentPattern':
        this.#bind(pattern.left, scope, declare)
        return this.#enter(pattern.right, scope)
      case 'ArrayPattern':
        for (const element of pattern.elements) if (element) this.#bind(element, scope, declare)
        return
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') {
            this.#bind(property, scope, declare)
            continue
          }
          if (property.computed) this.#enter(property.key, scope)
          this.#bind(property.value, scope, declare)
        }
    }
  }

  #enterAll(nodes: readonly Node[], scope: Scope): void {
    for (const node of nodes) this.#enter(node, scope)
  }

  #enterParts(node: Node, scope: Scope): void {
    for (const part of Object.values(node) as unknown[]) {
      if (Array.isArray(part)) this.#enterAll(part.filter(isNode), scope)
      else if (isNode(part)) this.#enter(part, scope)
    }
  }

  #use(name: string, scope: Scope): void {
    this.#uses.push({ name, scope })
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}
