import { type Node, unwrap } from './ast.ts'
import { privateTwin, property, suspending } from './calls.ts'
import type { Context, Substitute } from './context.ts'
import type { ChainWriter, Emitter, Handler } from './emitter.ts'

/*
 * Optional chains in a twin. One with a call in it that may wait is taken apart at each `?.`:
 *
 *   a?.b(x).c     ⇒  ((t=a)==null?void 0:m1(t,t.b,x).c)
 *   a.b?.(x)      ⇒  ((t=a,u=t.b)==null?void 0:m1(t,u,x))
 *
 * the rest of the chain being written with what it has got so far in place of that part.
 */

export const chainExpression: Handler = (node, context, emitter) => {
  if (!context.suspends || !spine(node.expression).some(link => emitter.reach.reaches(link))) {
    emitter.copy(node, context)
    return
  }
  emitter.text('(')
  rest(node.expression, context, emitter, 'void 0', '')
  emitter.text(')')
}

/** `delete` of a chain: nothing to delete where it is short. */
export const unaryExpression: Handler = (node, context, emitter) => {
  const argument = unwrap(node.argument)
  const isTakenApart =
    node.operator === 'delete' &&
    argument.type === 'ChainExpression' &&
    context.suspends &&
    spine(argument.expression).some(link => emitter.reach.reaches(link))
  if (!isTakenApart) {
    emitter.copy(node, context)
    return
  }
  emitter.text('(')
  rest(argument.expression, context, emitter, 'true', 'delete ')
  emitter.text(')')
}

/** The members and calls of a chain, outermost first. */
function spine(expression: Node): Node[] {
  const links: Node[] = []
  for (let link = expression; ; ) {
    if (link.type === 'MemberExpression') {
      links.push(link)
      link = link.object
    } else if (link.type === 'CallExpression') {
      links.push(link)
      link = link.callee
    } else if (link.type === 'TSNonNullExpression') link = link.expression
    else return links
  }
}

/** A chain that ends in a member whose object is asked for again. */
export const chainKeeping: ChainWriter = (member, context, self, emitter) => {
  emitter.text('(')
  rest(member, context, emitter, 'void 0', '', inside => {
    emitter.text(`(${self}=`)
    emitter.emit(member.object, inside)
    emitter.text(')')
    property(member, inside, emitter)
  })
  emitter.text(')')
}

function rest(
  expression: Node,
  context: Context,
  emitter: Emitter,
  empty: string,
  before: string,
  write: (context: Context) => void = inside => emitter.emit(expression, inside),
): void {
  const links = spine(expression)
  const optional = links.filter(link => link.optional === true && !isReached(link, context))
  const link = optional.at(-1)
  if (link === undefined) {
    emitter.text(before)
    write(context)
    return
  }
  const instead = new Map(context.instead)
  emitter.text('(')
  if (link.type === 'MemberExpression') hold(link.object, instead, context, emitter)
  else callee(link, instead, context, emitter)
  emitter.text(`)==null?${empty}:`)
  rest(expression, { ...context, instead }, emitter, empty, before, write)
}

/** Whether what is before the `?.` of a link has been evaluated. */
function isReached(link: Node, context: Context): boolean {
  return context.instead.has(link.type === 'MemberExpression' ? link.object : link.callee)
}

function hold(part: Node, instead: Map<Node, Substitute>, context: Context, emitter: Emitter): void {
  const held = context.activation.temporary()
  emitter.text(`${held}=`)
  emitter.emit(part, context)
  instead.set(part, { text: held })
}

/** The callee of an optional call, with the object it is called on. */
function callee(link: Node, instead: Map<Node, Substitute>, context: Context, emitter: Emitter): void {
  const part = link.callee
  const member = unwrap(part)
  const isChain = member.type === 'ChainExpression' && member.expression.type === 'MemberExpression'
  if (member.type !== 'MemberExpression' && !isChain) {
    hold(part, instead, context, emitter)
    return
  }
  const held = context.activation.temporary()
  if (isChain) {
    const self = context.activation.temporary()
    emitter.text(`${held}=`)
    emitter.emitChain(member.expression, context, self)
    instead.set(part, { text: held, self })
    return
  }
  if (member.object.type === 'Super') {
    emitter.text(`${held}=`)
    emitter.emit(member, context)
    instead.set(part, { text: held, self: context.thisText ?? 'this' })
    return
  }
  const self = context.activation.temporary()
  emitter.text(`${self}=`)
  emitter.emit(member.object, context)
  emitter.text(`,${held}=${self}`)
  property(member, context, emitter)
  instead.set(part, { text: held, self })
}

/**
 * Whether a member may be an accessor that waits. Only those that this module defines are known by name: to ask at every property
 * would cost more than all calls do.
 */
export function isAccessor(member: Node, kind: 'get' | 'set', emitter: Emitter): boolean {
  return (
    member.computed !== true &&
    member.optional !== true &&
    member.object.type !== 'Super' &&
    member.property.type === 'Identifier' &&
    emitter.reach.isAccessor(member.property.name, kind)
  )
}

function isAccessorOfSuper(node: Node, context: Context, emitter: Emitter): boolean {
  return (
    node.object.type === 'Super' &&
    context.suspends &&
    context.homeText !== undefined &&
    node.computed !== true &&
    !emitter.facts.targets.has(node) &&
    emitter.reach.isAccessor(node.property.name, 'get')
  )
}

export const memberExpression: Handler = (node, context, emitter) => {
  if (isAccessorOfSuper(node, context, emitter)) {
    suspending(emitter, context, () =>
      emitter.text(
        `${emitter.runtime('getSuper')}(${context.homeText},${JSON.stringify(node.property.name)},${context.thisText ?? 'this'})`,
        node.start,
      ),
    )
    return
  }
  if (node.object.type === 'Super' && context.suspends && context.cellText !== undefined) {
    emitter.text(`${emitter.runtime('superGet')}(${context.cellText},`, node.start)
    if (node.computed === true) emitter.emit(node.property, context)
    else emitter.text(JSON.stringify(node.property.name))
    emitter.text(')')
    return
  }
  if (node.object.type === 'Super' && context.superText !== undefined) {
    emitter.text(`${context.superText}(`, node.start)
    if (node.computed === true) emitter.emit(node.property, context)
    else emitter.text(JSON.stringify(node.property.name))
    emitter.text(')')
    return
  }
  const getter =
    context.suspends && !emitter.facts.targets.has(node) ? privateTwin(node, context, 'get') : undefined
  if (getter !== undefined) {
    suspending(emitter, context, () => {
      emitter.text(`${emitter.runtime('e')}(`, node.start)
      emitter.emit(node.object, context)
      emitter.text(`.#${getter}(),{name:'#${node.property.name}'})`)
    })
    return
  }
  if (context.suspends && !emitter.facts.targets.has(node) && isAccessor(node, 'get', emitter)) {
    suspending(emitter, context, () => {
      emitter.text(`${emitter.runtime('get')}(`, node.property.start)
      emitter.emit(node.object, context)
      emitter.text(`,${JSON.stringify(node.property.name)})`)
    })
    return
  }
  if (node.optional === true && isReached(node, context)) {
    emitter.emit(node.object, context)
    property(node, context, emitter)
    return
  }
  emitter.copy(node, context)
}
