import { isClass, isFunction, type Node, unwrap } from './ast.ts'
import type { Context } from './context.ts'
import type { Emitter, Handler } from './emitter.ts'

/*
 * Calls in a twin. A call asks its callee for a twin; if it gives the marker S, the twin gives way, and is resumed with the callee's frame:
 *
 *   f(x)      ⇒  ((r=c1(f,x))===S?(yield S)._result:r)
 *   o.m(x)    ⇒  ((r=m1(o,o.m,x))===S?(yield S)._result:r)
 *   a().m(x)  ⇒  ((r=m1(t=…,t.m,x))===S?(yield S)._result:r)
 */

/** Writes something that may give S, and what is to be done then. */
export function suspending(emitter: Emitter, context: Context, write: () => void): void {
  const { result } = context.activation
  emitter.text(`((${result}=`)
  write()
  emitter.text(`)===${emitter.runtime('S')}?(yield ${emitter.runtime('S')})._result:${result})`)
}

/** A call whose result nobody wants: `f(x)===S&&(yield S)`. */
export const expressionStatement: Handler = (node, context, emitter) => {
  const { expression } = node
  const isCall = context.suspends && expression.type === 'CallExpression' && emitter.reach.reaches(expression)
  const callee = isCall ? unwrap(expression.callee) : undefined
  if (callee === undefined || callee.type === 'Super') {
    emitter.copy(node, context)
    return
  }
  const twin = privateTwin(callee, context, 'method')
  if (twin !== undefined) enterPrivate(callee, twin, expression.arguments, context, emitter)
  else callText(expression, callee, context, emitter)
  emitter.text(`===${emitter.runtime('S')}&&(yield ${emitter.runtime('S')})`)
  emitter.gap(expression.end, node.end, context)
}

export const callExpression: Handler = (node, context, emitter) => {
  const callee = unwrap(node.callee)
  if (callee.type === 'Super') {
    if (context.suspends && context.cellText !== undefined) superCall(node, context, emitter)
    else emitter.copy(node, context)
    return
  }
  if (!context.suspends) {
    if (isBind(callee)) bindCall(node, callee, context, emitter)
    else emitter.copy(node, context)
    return
  }
  if (!emitter.reach.reaches(node)) {
    nativeCall(node, context, emitter)
    return
  }
  const twin = privateTwin(callee, context, 'method')
  if (twin !== undefined) {
    suspending(emitter, context, () => enterPrivate(callee, twin, node.arguments, context, emitter))
    return
  }
  suspending(emitter, context, () => callText(node, callee, context, emitter))
}

/** A call of something that no twin can be behind. */
function nativeCall(node: Node, context: Context, emitter: Emitter): void {
  const { self } = context.instead.get(node.callee) ?? {}
  if (node.optional !== true && self === undefined) {
    emitter.copy(node, context)
    return
  }
  emitter.emit(node.callee, context)
  emitter.text(self === undefined ? '(' : `.call(${self}${node.arguments.length > 0 ? ',' : ''}`)
  list(node.arguments, context, emitter)
  emitter.text(')')
}

function callText(node: Node, callee: Node, context: Context, emitter: Emitter): void {
  const { arguments: args } = node
  const isSpread = hasSpread(args) || args.length > 4
  const suffix = isSpread ? 'n' : String(args.length)
  const given = context.instead.get(node.callee)
  if (given !== undefined) {
    if (given.self === undefined)
      emitter.text(`${emitter.runtime(`c${suffix}`)}(${given.text}`, node.callee.start)
    else emitter.text(`${emitter.runtime(`m${suffix}`)}(${given.self},${given.text}`, node.callee.start)
  } else if (callee.type === 'MemberExpression') {
    emitter.text(`${emitter.runtime(`m${suffix}`)}(`, callee.property.start)
    method(callee, context, emitter)
  } else if (isEndedChain(callee)) {
    emitter.text(`${emitter.runtime(`m${suffix}`)}(`, node.start)
    endedChain(callee, context, emitter)
  } else {
    emitter.text(`${emitter.runtime(`c${suffix}`)}(`, node.start)
    if (isFunction(callee)) emitter.emit(callee, context)
    else emitter.emit(node.callee, context)
  }
  argumentsOf(args, isSpread, context, emitter)
  emitter.text(')')
}

/** Parentheses end a chain, and keep the object its last member is of. */
function isEndedChain(callee: Node): boolean {
  return callee.type === 'ChainExpression' && callee.expression.type === 'MemberExpression'
}

function endedChain(callee: Node, context: Context, emitter: Emitter): void {
  const [self, fn] = [context.activation.temporary(), context.activation.temporary()]
  emitter.text(`(${fn}=`)
  emitter.emitChain(callee.expression, context, self)
  emitter.text(`,${self}),${fn}`)
}

/** The arguments after the callee: one by one, or as a list where they are many or spread. */
function argumentsOf(args: readonly Node[], isSpread: boolean, context: Context, emitter: Emitter): void {
  if (args.length === 0) return
  emitter.text(isSpread ? ',[' : ',')
  list(args, context, emitter)
  if (isSpread) emitter.text(']')
}

export function list(nodes: readonly Node[], context: Context, emitter: Emitter): void {
  for (const [n, one] of nodes.entries()) {
    if (n > 0) emitter.text(',')
    emitter.emit(one, context)
  }
}

/** `object,object.method`, the object evaluated once. */
function method(callee: Node, context: Context, emitter: Emitter): void {
  const { object } = callee
  if (object.type === 'Super') {
    emitter.text(`${context.thisText ?? 'this'},`)
    emitter.emit(callee, context)
    return
  }
  const instead = context.instead.get(object)
  const isSimple = object.type === 'Identifier' && object.name !== 'arguments'
  const text =
    instead?.text ??
    (isSimple ? object.name : object.type === 'ThisExpression' ? (context.thisText ?? 'this') : undefined)
  if (text !== undefined) emitter.text(`${text},${text}`, object.start)
  else {
    const temporary = context.activation.object
    emitter.text(`${temporary}=`)
    emitter.emit(object, context)
    emitter.text(`,${temporary}`)
  }
  property(callee, context, emitter)
}

/** `.name` or `[key]` of a member. */
export function property(member: Node, context: Context, emitter: Emitter): void {
  emitter.text(member.computed === true ? '[' : '.')
  emitter.emit(member.property, context)
  if (member.computed === true) emitter.text(']')
}

export function hasSpread(args: readonly (Node | null)[]): boolean {
  return args.some(argument => argument?.type === 'SpreadElement')
}

/** How `o.#m` is entered, where it has a twin. */
export function privateTwin(
  member: Node,
  context: Context,
  kind: 'method' | 'get' | 'set',
): string | undefined {
  if (member.type !== 'MemberExpression' || member.property.type !== 'PrivateIdentifier') return undefined
  return context.privates.get(member.property.name)?.find(one => one.kind === kind)?.twin
}

export function enterPrivate(
  member: Node,
  twin: string,
  args: readonly Node[],
  context: Context,
  emitter: Emitter,
): void {
  emitter.text(`${emitter.runtime('e')}(`, member.property.start)
  emitter.emit(member.object, context)
  emitter.text(`.#${twin}(`)
  list(args, context, emitter)
  emitter.text(`),{name:"#${member.property.name}"})`)
}

export const newExpression: Handler = (node, context, emitter) => {
  if (!context.suspends || !emitter.reach.reaches(node)) {
    nativeNew(node, context, emitter)
    return
  }
  suspending(emitter, context, () => {
    emitter.text(`${emitter.runtime('make')}(`, node.start)
    emitter.emit(node.callee, context)
    emitter.text(',[')
    list(node.arguments, context, emitter)
    emitter.text('])')
  })
}

/** A function or class written right behind `new` comes to be a call, which `new` would take for its own. */
function nativeNew(node: Node, context: Context, emitter: Emitter): void {
  const { callee } = node
  if (!isFunction(callee) && !isClass(callee)) {
    emitter.copy(node, context)
    return
  }
  emitter.gap(node.start, callee.start, context)
  emitter.text('(')
  emitter.emit(callee, context)
  emitter.text(')(')
  list(node.arguments, context, emitter)
  emitter.text(')')
}

function superCall(node: Node, context: Context, emitter: Emitter): void {
  suspending(emitter, context, () => {
    emitter.text(`${emitter.runtime('superCall')}(${context.cellText},[`, node.start)
    list(node.arguments, context, emitter)
    emitter.text('])')
  })
}

export const taggedTemplate: Handler = (node, context, emitter) => {
  if (!context.suspends || !emitter.reach.reaches(node)) {
    emitter.copy(node, context)
    return
  }
  const tag = unwrap(node.tag)
  const { quasi } = node
  const isMany = quasi.expressions.length > 3
  const suffix = isMany ? 'n' : String(quasi.expressions.length + 1)
  suspending(emitter, context, () => {
    if (tag.type === 'MemberExpression') {
      emitter.text(`${emitter.runtime(`m${suffix}`)}(`, node.start)
      method(tag, context, emitter)
    } else if (isEndedChain(tag)) {
      emitter.text(`${emitter.runtime(`m${suffix}`)}(`, node.start)
      endedChain(tag, context, emitter)
    } else {
      emitter.text(`${emitter.runtime(`c${suffix}`)}(`, node.start)
      emitter.emit(node.tag, context)
    }
    emitter.text(isMany ? ',[' : ',')
    // The list of strings is the engine's own, one for each place in the text.
    emitter.text(`${emitter.runtime('strings')}\``)
    for (const [n, part] of quasi.quasis.entries()) {
      if (n > 0) emitter.writer.raw('$' + '{0}')
      emitter.writer.raw(part.value.raw)
    }
    emitter.writer.raw('`')
    for (const expression of quasi.expressions) {
      emitter.text(',')
      emitter.emit(expression, context)
    }
    emitter.text(isMany ? '])' : ')')
  })
}

export const spreadElement: Handler = (node, context, emitter) => {
  const argument = unwrap(node.argument)
  if (!context.suspends || argument.type === 'ArrayExpression') {
    emitter.copy(node, context)
    return
  }
  emitter.text('...')
  suspending(emitter, context, () => {
    emitter.text(`${emitter.runtime('spread')}(`, node.start)
    emitter.emit(node.argument, context)
    emitter.text(')')
  })
}

function isBind(callee: Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.computed !== true &&
    callee.property.name === 'bind' &&
    callee.object.type !== 'Super'
  )
}

/** `f.bind(o)`: what it gives has a twin if f has one. */
function bindCall(node: Node, callee: Node, context: Context, emitter: Emitter): void {
  if (node.optional === true || callee.optional === true || unwrap(node.callee) !== node.callee) {
    emitter.copy(node, context)
    return
  }
  const held = emitter.moduleVariable('b')
  emitter.text(`${emitter.runtime('bind')}(${held}=`, node.start)
  emitter.emit(callee.object, context)
  emitter.text(`,${held}.bind,[`)
  list(node.arguments, context, emitter)
  emitter.text('])')
}
