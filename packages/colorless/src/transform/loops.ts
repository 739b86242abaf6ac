import type { Node } from './ast.ts'
import { suspending } from './calls.ts'
import type { Context } from './context.ts'
import type { Emitter, Handler } from './emitter.ts'
import { arrayPattern } from './patterns.ts'

/*
 * for…of in a twin. The engine runs the loop, over the iterable itself where it is one of its own; over any other it gets
 * tokens without end, and the body takes the step:
 *
 *   for (const x of xs) body
 *   ⇒ for (const v of each(xs)) { if ((r=item(v))===S) r=(yield S)._result; if (r===END) break; const x=r; body }
 */
export const forOfStatement: Handler = (node, context, emitter) => {
  if (!context.suspends || !emitter.reach.reaches(node)) {
    emitter.copy(node, context)
    return
  }
  const token = emitter.fresh('item')
  const { result } = context.activation
  const S = emitter.runtime('S')
  emitter.text(`for(const ${token} of `, node.start)
  suspending(emitter, context, () => {
    emitter.text(`${emitter.runtime('each')}(`, node.right.start)
    emitter.emit(node.right, context)
    emitter.text(')')
  })
  emitter.text(
    `){if((${result}=${emitter.runtime('item')}(${token}))===${S})${result}=(yield ${S})._result;`,
    node.left.start,
  )
  emitter.text(`if(${result}===${emitter.runtime('END')})break;`)
  head(node.left, kept(node.left, result, context, emitter), context, emitter)
  emitter.emit(node.body, context)
  emitter.text('}')
}

/** Where the item is while the head is written: calls in the head use the same variable. */
function kept(left: Node, result: string, context: Context, emitter: Emitter): string {
  if (left.type === 'VariableDeclaration' || !emitter.reach.contains(left)) return result
  const held = context.activation.temporary()
  emitter.text(`${held}=${result};`)
  return held
}

function head(left: Node, source: string, context: Context, emitter: Emitter): void {
  const isDeclared = left.type === 'VariableDeclaration'
  const target: Node = isDeclared ? left.declarations[0].id : left
  if (isDeclared) emitter.text(`${left.kind} `)
  else emitter.text('(')
  if (target.type === 'ArrayPattern') arrayPattern(target, context, emitter, () => emitter.text(source))
  else {
    emitter.emit(target, context)
    emitter.text(`=${source}`)
  }
  emitter.text(isDeclared ? ';' : ');')
}
