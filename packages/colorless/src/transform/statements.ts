import { isFunction, type Node, unwrap } from './ast.ts'
import { suspending } from './calls.ts'
import type { Context } from './context.ts'
import type { Emitter, Handler } from './emitter.ts'
import { writeExport } from './entry.ts'
import { functionExpression, plain } from './functions.ts'

export const blockStatement: Handler = (node, context, emitter) => {
  emitter.gap(node.start, node.start + 1, context)
  emitter.list(node.body, context, node.start + 1, node.end)
}

export const switchCase: Handler = (node, context, emitter) => {
  if (node.consequent.length === 0) {
    emitter.copy(node, context)
    return
  }
  const first: Node = node.consequent[0]
  if (node.test) {
    emitter.gap(node.start, node.test.start, context)
    emitter.emit(node.test, context)
    emitter.gap(node.test.end, first.start, context)
  } else emitter.gap(node.start, first.start, context)
  emitter.list(node.consequent, context, first.start, node.end, { isCase: true })
}

/** The value of a property; a method is written by whoever writes the object. */
export const property: Handler = (node, context, emitter) => {
  if (node.shorthand === true) {
    shorthand(node, context.argumentsText, emitter, () => emitter.copy(node, context))
    return
  }
  if (node.computed === true) {
    emitter.gap(node.start, node.key.start, context)
    computedKey(node, context, emitter)
    emitter.gap(node.key.end, node.value.start, context)
  } else emitter.gap(node.start, node.value.start, context)
  if (node.method === true || node.kind !== 'init') plain(node.value, context, emitter)
  else emitter.emit(node.value, context)
  emitter.gap(node.value.end, node.end, context)
}

/** A function without a name takes that of its key: written in a call, it has to be told. */
function computedKey(node: Node, context: Context, emitter: Emitter): void {
  const value = unwrap(node.value)
  const isNamed =
    isFunction(value) &&
    !value.id &&
    node.method !== true &&
    node.kind === 'init' &&
    emitter.reach.needsTwin(value)
  if (!isNamed) {
    emitter.emit(node.key, context)
    return
  }
  const held = emitter.moduleVariable('key')
  emitter.computedNames.set(value, held)
  emitter.text(`${held}=${emitter.runtime('toKey')}(`)
  emitter.emit(node.key, context)
  emitter.text(')')
}

function shorthand(node: Node, argumentsText: string | undefined, emitter: Emitter, copy: () => void): void {
  if (node.value.type === 'Identifier' && node.value.name === 'arguments' && argumentsText !== undefined)
    emitter.text(`arguments:${argumentsText}`)
  else copy()
}

export const exportNamed: Handler = (node, context, emitter) => {
  if (context.isEntry === true) writeExport(node, context, emitter)
  else if (!node.declaration) emitter.gap(node.start, node.end, context)
  else emitter.copy(node, context)
}

/** A function or class without a name is called "default", and gets its twins where it stands. */
export const exportDefault: Handler = (node, context, emitter) => {
  if (context.isEntry === true) {
    writeExport(node, context, emitter)
    return
  }
  const { declaration } = node
  const isAnonymousFunction = declaration.type === 'FunctionDeclaration' && !declaration.id
  if (!isAnonymousFunction || !emitter.reach.needsTwin(declaration)) {
    emitter.copy(node, context)
    return
  }
  emitter.gap(node.start, declaration.start, context)
  functionExpression(declaration, context, emitter)
  emitter.text(';')
}

/** What the main greenlet awaits, it waits for as it would for anything else. */
export const awaitExpression: Handler = (node, context, emitter) => {
  if (context.isEntry !== true) {
    emitter.copy(node, context)
    return
  }
  suspending(emitter, context, () => {
    emitter.text(`${emitter.runtime('c1')}(${emitter.runtime('awaited')},`, node.start)
    emitter.emit(node.argument, context)
    emitter.text(')')
  })
}

/** A sum of thousands is as deep as it is long: from its innermost operand outwards. */
export const binaryExpression: Handler = (node, context, emitter) => {
  const sums: Node[] = []
  let left: Node = node
  while (left.type === 'BinaryExpression' && !context.instead.has(left)) {
    sums.push(left)
    left = left.left
  }
  emitter.gap(node.start, left.start, context)
  emitter.emit(left, context)
  let at = left.end
  for (const { right, end } of sums.toReversed()) {
    emitter.gap(at, right.start, context)
    emitter.emit(right, context)
    emitter.gap(right.end, end, context)
    at = end
  }
}
