import { type Node, unwrap } from './ast.ts'
import { privateTwin, suspending } from './calls.ts'
import { isAccessor } from './chains.ts'
import type { Context, Substitute } from './context.ts'
import type { Emitter, Handler } from './emitter.ts'
import { own } from './reach.ts'

/*
 * Array patterns in a twin, over what may be an iterator of the program's own: its items are drawn before the engine takes them apart.
 *
 *   [a, b] = x      ⇒  [a, b] = take(x, 2)
 *
 * Where a default between two items calls something, each item is drawn when its turn comes, by the key of an object pattern:
 *
 *   [a = f(), b] = x  ⇒  {[draw(d)]:a = f(), [draw(d)]:b, [shut(d)]:{}} = d = open(x)
 *
 * Patterns inside patterns are the engine's own affair.
 */

export const variableDeclarator: Handler = (node, context, emitter) => {
  if (!context.suspends || !node.init || !isLowered(node.id, node.init)) {
    emitter.copy(node, context)
    return
  }
  arrayPattern(node.id, context, emitter, () => emitter.emit(node.init, context))
}

export const assignmentExpression: Handler = (node, context, emitter) => {
  const target = unwrap(node.left)
  if (!context.suspends || node.operator !== '=' || !isLowered(target, node.right)) {
    assign(node, context, emitter)
    return
  }
  // Its value is what was on the right, not what was drawn from it.
  const whole = context.activation.temporary()
  const emitSource = (): void => {
    emitter.text(`(${whole}=`)
    emitter.emit(node.right, context)
    emitter.text(')')
  }
  emitter.text('(')
  arrayPattern(target, context, emitter, emitSource)
  emitter.text(`,${whole})`)
}

function isLowered(pattern: Node, source: Node): boolean {
  return pattern.type === 'ArrayPattern' && unwrap(source).type !== 'ArrayExpression'
}

/** A plain assignment: what is assigned to is not read. */
function assign(node: Node, context: Context, emitter: Emitter): void {
  if (unwrap(node.left).type !== 'MemberExpression') {
    emitter.copy(node, context)
    return
  }
  const target = unwrap(node.left)
  if (context.suspends && node.operator === '=') {
    const setter = privateTwin(target, context, 'set')
    if (setter !== undefined || isAccessor(target, 'set', emitter)) {
      setterCall(target, setter, node.right, context, emitter)
      return
    }
  }
  emitter.gap(node.start, node.left.start, context)
  emitter.emit(node.left, context)
  emitter.gap(node.left.end, node.right.start, context)
  emitter.emit(node.right, context)
}

/** An assignment is worth what was assigned, whatever the setter gives. */
function setterCall(
  target: Node,
  setter: string | undefined,
  value: Node,
  context: Context,
  emitter: Emitter,
): void {
  const held = context.activation.temporary()
  const emitValue = (): void => {
    emitter.text(`${held}=`)
    emitter.emit(value, context)
  }
  emitter.text('(')
  suspending(emitter, context, () => {
    if (setter === undefined) {
      emitter.text(`${emitter.runtime('set')}(`, target.property.start)
      emitter.emit(target.object, context)
      emitter.text(`,${JSON.stringify(target.property.name)},`)
      emitValue()
      emitter.text(')')
    } else {
      emitter.text(`${emitter.runtime('e')}(`, target.property.start)
      emitter.emit(target.object, context)
      emitter.text(`.#${setter}(`)
      emitValue()
      emitter.text(`),{name:'#${target.property.name}'})`)
    }
  })
  emitter.text(`,${held})`)
}

/** `pattern=source`, the items drawn so that this may wait. */
export function arrayPattern(pattern: Node, context: Context, emitter: Emitter, source: () => void): void {
  const elements: readonly (Node | null)[] = pattern.elements
  if (elements.some(element => element !== null && doesMore(element))) {
    drawnOneByOne(elements, context, emitter, source)
    return
  }
  emitter.copy(pattern, context)
  emitter.text('=')
  suspending(emitter, context, () => {
    const isWhole = elements.at(-1)?.type === 'RestElement'
    emitter.text(`${emitter.runtime(isWhole ? 'spread' : 'take')}(`, pattern.start)
    source()
    emitter.text(isWhole ? ')' : `,${elements.length})`)
  })
}

/** Whether an element does anything but take its item, which would show between two steps of the iterator. */
function doesMore(element: Node): boolean {
  for (const node of own(element)) if (!QUIET.has(node.type)) return true
  return false
}

const QUIET: ReadonlySet<string> = new Set([
  ...[
    'Identifier',
    'Literal',
    'AssignmentPattern',
    'RestElement',
    'ArrayPattern',
    'ObjectPattern',
    'Property',
  ],
])

function drawnOneByOne(
  elements: readonly (Node | null)[],
  context: Context,
  emitter: Emitter,
  source: () => void,
): void {
  const drawer = context.activation.temporary()
  let skipped = 0
  // The key of an item is what draws it, and those left out before it; before the item, what it is assigned to.
  const key = (how: string, target?: () => void): void => {
    emitter.text('[(')
    for (; skipped > 0; skipped--) {
      suspending(emitter, context, () => emitter.text(`${emitter.runtime('draw')}(${drawer})`))
      emitter.text(',')
    }
    target?.()
    suspending(emitter, context, () => emitter.text(`${emitter.runtime(how)}(${drawer})`))
    emitter.text(')]:')
  }
  emitter.text('{')
  for (const element of elements) {
    if (element === null) {
      skipped += 1
      continue
    }
    const isRest = element.type === 'RestElement'
    const target = isRest ? element.argument : element.type === 'AssignmentPattern' ? element.left : element
    const instead = new Map(context.instead)
    key(isRest ? 'drawRest' : 'draw', () => holdTarget(unwrap(target), instead, context, emitter))
    emitter.emit(isRest ? element.argument : element, { ...context, instead })
    emitter.text(',')
  }
  if (elements.at(-1)?.type !== 'RestElement') {
    key('shut')
    emitter.text('{}')
  }
  emitter.text(`}=${drawer}=`)
  suspending(emitter, context, () => {
    emitter.text(`${emitter.runtime('open')}(`)
    source()
    emitter.text(')')
  })
}

/** Evaluates the object and the key that an item is to be assigned to. */
function holdTarget(target: Node, instead: Map<Node, Substitute>, context: Context, emitter: Emitter): void {
  if (target.type !== 'MemberExpression') return
  for (const part of [target.object, ...(target.computed === true ? [target.property] : [])] as Node[]) {
    if (part.type === 'Super' || !emitter.reach.contains(part)) continue
    const held = context.activation.temporary()
    emitter.text(`${held}=`)
    emitter.emit(part, context)
    emitter.text(',')
    instead.set(part, { text: held })
  }
}

/** `let` for each parameter, out of the list of all arguments. */
export function declareParameters(
  params: readonly Node[],
  all: string,
  context: Context,
  emitter: Emitter,
): void {
  for (const [n, param] of params.entries()) {
    const inner = param.type === 'AssignmentPattern' ? param.left : param
    if (param.type === 'RestElement') {
      emitter.text('let ')
      emitter.emit(param.argument, context)
      emitter.text(`=${all}.slice(${n});`)
    } else if (inner.type === 'ArrayPattern') {
      const held = context.activation.temporary()
      emitter.text(`[${held}`)
      if (inner !== param) {
        emitter.text('=')
        emitter.emit(param.right, context)
      }
      emitter.text(`]=[${all}[${n}]];let `)
      arrayPattern(inner, context, emitter, () => emitter.text(held))
      emitter.text(';')
    } else {
      emitter.text('let [')
      emitter.emit(param, context)
      emitter.text(`]=[${all}[${n}]];`)
    }
  }
}
