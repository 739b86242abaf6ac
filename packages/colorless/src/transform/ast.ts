import { visitorKeys } from 'oxc-parser'

/** A node of the syntax tree (ESTree), with the offsets of its text. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  // biome-ignore lint/suspicious/noExplicitAny: what a node holds depends on its type, which is asked at run time
  readonly [field: string]: any
}

/** The nodes directly inside a node, in the order of their text. */
export function children(node: Node): Node[] {
  const found: Node[] = []
  let isInOrder = true
  const add = (child: Node): void => {
    const last = found.at(-1)
    if (last !== undefined && child.start <= last.start) isInOrder = false
    found.push(child)
  }
  for (const key of visitorKeys[node.type] ?? []) {
    const value: unknown = node[key]
    if (Array.isArray(value)) {
      for (const item of value) if (item !== null) add(item as Node)
    } else if (value !== null && value !== undefined) add(value as Node)
  }
  if (isInOrder) return found
  found.sort((a, b) => a.start - b.start)
  // One text may be two nodes: a shorthand property's key and value, an imported name and the local one.
  return found.filter((child, n) => child.start !== found[n + 1]?.start)
}

/** Without the parentheses around it. */
export function unwrap(node: Node): Node {
  let inner = node
  while (inner.type === 'ParenthesizedExpression') inner = inner.expression
  return inner
}

export function isFunction(node: Node): boolean {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  )
}

export function isClass(node: Node): boolean {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression'
}

/** The statements of a function's or a program's body that are directives. */
export function directivesOf(body: readonly Node[]): Node[] {
  const end = body.findIndex(statement => typeof statement.directive !== 'string')
  return body.slice(0, end === -1 ? body.length : end)
}

/** Every name that a pattern binds. */
export function* boundNames(pattern: Node): Generator<string> {
  switch (pattern.type) {
    case 'Identifier':
      yield pattern.name
      return
    case 'AssignmentPattern':
      yield* boundNames(pattern.left)
      return
    case 'RestElement':
      yield* boundNames(pattern.argument)
      return
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element !== null) yield* boundNames(element)
      return
    case 'ObjectPattern':
      for (const property of pattern.properties) yield* boundNames(property.value ?? property)
  }
}
