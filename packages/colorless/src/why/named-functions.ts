import { children, isClass, isFunction, type Node, unwrap } from '../transform/ast.ts'
import { keyName } from '../transform/facts.ts'

/** A function of a module under the name that people call it by. */
export interface NamedFunction {
  readonly node: Node
  /** The part behind the last dot. */
  readonly name: string
  /** With the class or the object that it is a member of. */
  readonly qualified: string
}

/** Every function of a module, outermost first. */
export function namedFunctions(program: Node): NamedFunction[] {
  const found: NamedFunction[] = []
  visit(program, undefined, undefined)
  return found

  /** `name` is what the node is called by what holds it, `owner` the class or object that it is a member of. */
  function visit(node: Node, name: string | undefined, owner: string | undefined): void {
    if (isFunction(node)) {
      const own: string = node.id?.name ?? name ?? 'anonymous'
      found.push({ node, name: own, qualified: owner === undefined ? own : `${owner}.${own}` })
      for (const child of children(node)) if (child !== node.id) visit(child, undefined, undefined)
    } else if (isClass(node)) visitClass(node, node.id?.name ?? name ?? 'anonymous')
    else visitParts(node, name)
  }

  function visitClass(node: Node, name: string): void {
    if (node.superClass) visit(node.superClass, undefined, undefined)
    for (const member of node.body.body as Node[]) {
      if (member.type === 'StaticBlock') visitParts(member, undefined)
      else if (member.value) visit(unwrap(member.value), keyOf(member), name)
    }
  }

  function visitParts(node: Node, name: string | undefined): void {
    switch (node.type) {
      case 'VariableDeclarator':
        if (node.init) visit(unwrap(node.init), keyName(node.id), undefined)
        return
      case 'AssignmentExpression':
        visit(node.left, undefined, undefined)
        visit(unwrap(node.right), assignedName(node.left), undefined)
        return
      case 'ExportDefaultDeclaration':
        visit(unwrap(node.declaration), 'default', undefined)
        return
      case 'ObjectExpression':
        for (const property of node.properties as Node[])
          if (property.value) visit(unwrap(property.value), keyOf(property), name)
          else visitParts(property, undefined)
        return
      default:
        for (const child of children(node)) visit(child, undefined, undefined)
    }
  }
}

function keyOf(member: Node): string | undefined {
  return member.computed === true ? undefined : keyName(member.key)
}

/** `f = …`, `exports.f = …`, `Store.prototype.save = …`: by the last name. */
function assignedName(target: Node): string | undefined {
  const inner = unwrap(target)
  if (inner.type === 'MemberExpression') return inner.computed === true ? undefined : keyName(inner.property)
  return keyName(inner)
}
