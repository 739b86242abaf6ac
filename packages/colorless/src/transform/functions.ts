import { directivesOf, type Node } from './ast.ts'
import type { Context } from './context.ts'
import type { Emitter, Handler } from './emitter.ts'
import { declareParameters } from './patterns.ts'

/*
 * A function is written as it was, and once more as its twin: a generator function with the same parameters. What is inside is written
 * for each of them. So that functions in functions do not double at every depth, a function made inside a twin has no plain
 * text of its own: `wrap` makes one that runs the twin on the spot.
 */

/** The twins of the functions that a list declares come before its statements: these may call any of them at once. */
export const giveDeclared: Handler = (node, context, emitter) => {
  const giver = emitter.runtime(`${context.isNested ? 'lend' : 'give'}${node.generator === true ? 'G' : ''}`)
  const { name } = node.id
  if (!isWrapped(node, context, emitter)) {
    emitter.text(`${giver}(${name},`)
    twinText(node, context, emitter, name)
    emitter.text(');')
    return
  }
  const twin = emitter.fresh(name)
  emitter.wrapped.set(node, twin)
  emitter.text(`const ${twin}=`)
  twinText(node, context, emitter, name)
  emitter.text(`;${giver}(${name},${twin});`)
}

/** A function that is declared: as it was, or in a twin a call of its own twin. */
export const functionDeclaration: Handler = (node, context, emitter) => {
  const twin = emitter.wrapped.get(node)
  if (twin === undefined) {
    plain(node, context, emitter)
    return
  }
  emitter.wrapped.delete(node)
  emitter.text(
    `function ${node.id.name}(${placeholders(node, emitter)}){return ${emitter.runtime('sync')}(${twin}.apply(this,arguments))}`,
    node.start,
  )
}

export const functionExpression: Handler = (node, context, emitter) => {
  if (!emitter.reach.needsTwin(node)) {
    plain(node, context, emitter)
    return
  }
  const name = emitter.facts.names.get(node)
  const suffix = node.generator === true ? 'G' : ''
  const self = ownName(node, emitter)
  if (isWrapped(node, context, emitter)) {
    const kind = node.type === 'ArrowFunctionExpression' ? ',1' : ',0'
    emitter.text(`${emitter.runtime(self === undefined ? 'wrap' : 'wrapOwn')}(`, node.start)
    ownTwin(node, self, context, emitter)
    const told = emitter.computedNames.get(node) ?? JSON.stringify(name ?? node.id?.name ?? '')
    emitter.text(`,${told},${lengthOf(node)}${kind})`)
    return
  }
  emitter.text(
    `${emitter.runtime((context.isNested ? 'lend' : 'give') + suffix + (self === undefined ? '' : 'Own'))}(`,
    node.start,
  )
  named(node, emitter, () => plain(node, context, emitter))
  emitter.text(',')
  ownTwin(node, self, context, emitter)
  emitter.text(')')
}

/** The twin of a function expression; one that uses its own name is made by a function of it. */
function ownTwin(node: Node, self: string | undefined, context: Context, emitter: Emitter): void {
  const name = emitter.facts.names.get(node) ?? node.id?.name ?? ''
  if (self !== undefined) emitter.text(`${self}=>(`)
  twinText(node, context, emitter, name)
  if (self !== undefined) emitter.text(')')
}

/** Whether a function made here has no plain text, but is wrapped around its twin. */
function isWrapped(node: Node, context: Context, emitter: Emitter): boolean {
  return context.wraps && node.generator !== true && !emitter.facts.of(node).newTarget
}

/** Keeps the name that a function or class takes from where it stands, where it stands in a call. */
export function named(node: Node, emitter: Emitter, write: () => void): void {
  const held = emitter.computedNames.get(node)
  if (held === undefined) {
    inNamed(emitter.facts.names.get(node) ?? '', emitter, write)
    return
  }
  emitter.text(`{[${held}]:`)
  write()
  emitter.text(`}[${held}]`)
}

function inNamed(name: string, emitter: Emitter, write: () => void): void {
  if (name === '' || name === '__proto__') {
    write()
    return
  }
  const isIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
  const key = isIdentifier ? name : JSON.stringify(name)
  emitter.text(`{${key}:`)
  write()
  emitter.text(isIdentifier ? `}.${name}` : `}[${key}]`)
}

/** The name a function expression has for itself, if it uses it. */
function ownName(node: Node, emitter: Emitter): string | undefined {
  if (node.type !== 'FunctionExpression' || !node.id) return undefined
  const name: string = node.id.name
  return emitter.writer.source.slice(node.id.end, node.end).includes(name) ? name : undefined
}

/** As it was, with what is inside written for its place. */
export function plain(node: Node, context: Context, emitter: Emitter): void {
  plainFrom(node, node.start, emitter.counted(node, 0), context, emitter)
}

/** A function's plain text, the words before its parameters from `start` on; `first` comes before its first statement. */
export function plainFrom(
  node: Node,
  start: number,
  first: string,
  context: Context,
  emitter: Emitter,
): void {
  const inside = plainInside(node, context)
  let at = start
  for (const param of node.params) {
    emitter.gap(at, param.start, inside)
    emitter.emit(param, inside)
    at = param.end
  }
  const { body } = node
  if (body.type === 'BlockStatement') {
    emitter.gap(at, body.start + 1, inside)
    emitter.list(body.body, inside, body.start + 1, body.end, { first })
    return
  }
  emitter.gap(at, body.start, inside)
  if (first !== '') emitter.text(`(${first.slice(0, -1)},`)
  emitter.emit(body, inside)
  if (first !== '') emitter.text(')')
}

/** The context inside a function's plain text. */
export function plainInside(node: Node, context: Context): Context {
  const { wraps, privates } = context
  const inside: Context = {
    suspends: false,
    wraps,
    isNested: true,
    activation: context.activation,
    privates,
    instead: context.instead,
  }
  if (node.type !== 'ArrowFunctionExpression') return inside
  const { thisText, argumentsText, newTargetText, superText } = context
  return { ...inside, thisText, argumentsText, newTargetText, superText }
}

/** `a,b`: as many parameters as the function's length says. */
function placeholders(node: Node, emitter: Emitter): string {
  return Array.from({ length: lengthOf(node) }, (_, n) => `${emitter.prefix}a${n}`).join(',')
}

export function lengthOf(node: Node): number {
  const end = node.params.findIndex(
    (param: Node) => param.type === 'AssignmentPattern' || param.type === 'RestElement',
  )
  return end === -1 ? node.params.length : end
}

/** The twin of a function, as an expression. */
export function twinText(node: Node, context: Context, emitter: Emitter, name: string): void {
  if (node.type === 'ArrowFunctionExpression') arrowTwin(node, context, emitter, name)
  else if (emitter.facts.of(node).newTarget && node.generator !== true)
    constructibleTwin(node, context, emitter, name)
  else {
    const fresh: Context = {
      ...context,
      thisText: undefined,
      argumentsText: undefined,
      newTargetText: undefined,
    }
    generatorText(node, { ...fresh, superText: undefined, cellText: undefined }, emitter, name, [])
  }
}

/** Called by `new` or not, is asked as the twin is called: by its first step another one may be under way. */
function constructibleTwin(node: Node, context: Context, emitter: Emitter, name: string): void {
  const target = `${emitter.prefix}n`
  const fresh: Context = {
    ...context,
    thisText: undefined,
    argumentsText: undefined,
    superText: undefined,
    cellText: undefined,
  }
  emitter.text(`function(...${emitter.prefix}p){const ${target}=${emitter.runtime('newTarget')}();return(`)
  generatorText(node, { ...fresh, newTargetText: target }, emitter, name, [])
  emitter.text(`).apply(this,${emitter.prefix}p)}`)
}

/** An arrow function has the `this` of where it is made: handed to the generator, which cannot share it. */
function arrowTwin(node: Node, context: Context, emitter: Emitter, name: string): void {
  const mentions = emitter.facts.of(node)
  const { prefix } = emitter
  const handed: { parameter: string; value: string }[] = []
  let inside: Context = context
  if (mentions.arguments && context.isNested && context.argumentsText === undefined) {
    handed.push({ parameter: `${prefix}A`, value: 'arguments' })
    inside = { ...inside, argumentsText: `${prefix}A` }
  }
  if (mentions.newTarget && context.newTargetText === undefined) {
    handed.push({ parameter: `${prefix}N`, value: 'new.target' })
    inside = { ...inside, newTargetText: `${prefix}N` }
  }
  if (mentions.super && context.superText === undefined) {
    handed.push({ parameter: `${prefix}G`, value: `${prefix}k=>super[${prefix}k]` })
    inside = { ...inside, superText: `${prefix}G` }
  }
  const handsThis = mentions.this && context.thisText === undefined
  if (handed.length === 0 && !handsThis) {
    generatorText(node, inside, emitter, name, [])
    return
  }
  emitter.text(`(...${prefix}p)=>(`)
  generatorText(
    node,
    inside,
    emitter,
    name,
    handed.map(one => one.parameter),
  )
  const values = [handsThis ? 'this' : 'void 0', ...handed.map(one => one.value), `...${prefix}p`]
  emitter.text(`).call(${values.join(',')})`)
}

/** `function*(parameters){body}`, of that name: a key gives it one without binding it inside. */
export function generatorText(
  node: Node,
  context: Context,
  emitter: Emitter,
  name: string,
  before: readonly string[],
): void {
  inNamed(name, emitter, () => {
    emitter.text('function*', node.start)
    generatorRest(node, context, emitter, before)
  })
}

/** Parameters and body of a twin, with the variables it needs. */
export function generatorRest(
  node: Node,
  context: Context,
  emitter: Emitter,
  before: readonly string[],
): void {
  const activation = emitter.activation()
  const inside: Context = {
    ...context,
    suspends: true,
    wraps: true,
    isNested: true,
    isEntry: false,
    activation,
    instead: new Map(),
  }
  const declared = parameters(node, inside, emitter, before)
  emitter.text('{')
  const { body } = node
  if (body.type !== 'BlockStatement') {
    const hole = emitter.writer.hole()
    declared()
    emitter.text('return ')
    emitter.emit(body, inside)
    emitter.text('}')
    hole.text = activation.declaration() + emitter.counted(node, 1)
    return
  }
  const directives = directivesOf(body.body)
  let at = body.start + 1
  for (const directive of directives) {
    emitter.gap(at, directive.end, inside)
    at = directive.end
  }
  if (directives.length > 0) emitter.text(';')
  const hole = emitter.writer.hole()
  declared()
  emitter.list(body.body.slice(directives.length), inside, at, body.end)
  hole.text = activation.declaration() + emitter.counted(node, 1)
}

/** Writes the parameters; where they may wait they are a list, taken apart in the body by what this gives. */
function parameters(node: Node, context: Context, emitter: Emitter, before: readonly string[]): () => void {
  const params: readonly Node[] = node.params
  const isMoved = params.some(param => emitter.reach.contains(param))
  emitter.text('(')
  emitter.text(before.join(','))
  if (isMoved) {
    const all = `${emitter.prefix}p`
    emitter.text(`${before.length > 0 ? ',' : ''}...${all})`)
    return () => declareParameters(params, all, context, emitter)
  }
  const still: Context = { ...context, suspends: false }
  for (const [n, param] of params.entries()) {
    if (n > 0 || before.length > 0) emitter.text(',')
    emitter.emit(param, still)
  }
  emitter.text(')')
  return () => undefined
}

export const thisExpression: Handler = (node, context, emitter) => {
  if (context.thisText === undefined) emitter.copy(node, context)
  else emitter.text(context.thisText, node.start)
}

export const identifier: Handler = (node, context, emitter) => {
  if (node.name === 'arguments' && context.argumentsText !== undefined)
    emitter.text(context.argumentsText, node.start)
  else emitter.copy(node, context)
}

export const metaProperty: Handler = (node, context, emitter) => {
  if (node.meta.name === 'new' && context.newTargetText !== undefined)
    emitter.text(context.newTargetText, node.start)
  else emitter.copy(node, context)
}

export const yieldExpression: Handler = (node, context, emitter) => {
  if (!context.suspends || node.delegate !== true) {
    emitter.copy(node, context)
    return
  }
  emitter.text(`yield*${emitter.runtime('delegate')}(`, node.start)
  emitter.emit(node.argument, context)
  emitter.text(')')
}
