import type { Node } from './ast.ts'
import type { Context } from './context.ts'
import type { Emitter, Handler } from './emitter.ts'
import { keyName } from './facts.ts'
import { generatorRest, generatorText, plain, plainInside } from './functions.ts'

/*
 * Methods and accessors of an object literal keep their text; `methods` gives them their twins once the object is made. A twin that uses
 * `super` has to be a method of the object itself, and is taken out again.
 *
 *   { m() {…} }  ⇒  methods({ m() {…} }, 'm', function*() {…}, 0)
 */

const GENERATOR = 3
const KINDS: Readonly<Record<string, number>> = { init: 0, get: 1, set: 2 }

export const objectExpression: Handler = (node, context, emitter) => {
  const withTwins: Node[] = node.properties.filter(
    (property: Node) => hasTwin(property, emitter) && !isUncertain(property, node),
  )
  if (withTwins.length === 0) {
    properties(node, { keys: new Map(), twins: new Map() }, context, emitter)
    return
  }
  const keys = new Map<Node, string>()
  const twins = new Map<Node, string>()
  for (const property of withTwins)
    if (property.computed === true) keys.set(property, emitter.symbol(keyName(property.key)))
  for (const property of withTwins)
    if (emitter.facts.of(property.value).super) twins.set(property, emitter.symbol(keyName(property.key)))
  emitter.text(`${emitter.runtime('methods')}(`, node.start)
  properties(node, { keys, twins }, context, emitter)
  for (const property of withTwins) {
    const symbol = keys.get(property)
    const kind = property.value.generator === true ? GENERATOR : KINDS[property.kind]
    const isSuper = emitter.facts.of(property.value).super
    emitter.text(`,${property.computed === true ? symbol : JSON.stringify(keyName(property.key))},`)
    if (isSuper) emitter.text(twins.get(property) as string)
    else {
      const name = property.computed === true ? '' : (keyName(property.key) ?? '')
      generatorText(property.value, fresh(context), emitter, name, [])
    }
    emitter.text(`,${kind}`)
  }
  emitter.text(')')
}

/** Whether something later in the literal may replace a property: a spread, a computed key, the same key again. */
function isUncertain(property: Node, literal: Node): boolean {
  const later = literal.properties.slice(literal.properties.indexOf(property) + 1) as Node[]
  const name = property.computed === true ? undefined : keyName(property.key)
  return later.some(
    other =>
      other.type === 'SpreadElement' ||
      other.computed === true ||
      name === undefined ||
      keyName(other.key) === name,
  )
}

/** A method that may be replaced later gets its twin on its own: `m:methods({m(){…}},'m',…).m`. */
function alone(property: Node, context: Context, emitter: Emitter): void {
  const name = keyName(property.key) as string
  emitter.text(`${JSON.stringify(name)}:${emitter.runtime('methods')}({`, property.start)
  emitter.emit(property, context)
  emitter.text(`},${JSON.stringify(name)},`)
  generatorText(property.value, fresh(context), emitter, name, [])
  emitter.text(`,${property.value.generator === true ? GENERATOR : 0})[${JSON.stringify(name)}]`)
}

function canStandAlone(property: Node, emitter: Emitter): boolean {
  return (
    property.method === true &&
    property.computed !== true &&
    !emitter.facts.of(property.value).super &&
    keyName(property.key) !== '__proto__'
  )
}

/** A method has a `this` of its own. */
function fresh(context: Context): Context {
  return { ...plainInside({ type: 'method' } as Node, context), wraps: context.wraps }
}

function hasTwin(property: Node, emitter: Emitter): boolean {
  return (
    property.type === 'Property' &&
    (property.method === true || property.kind !== 'init') &&
    emitter.reach.needsTwin(property.value)
  )
}

/** Under which symbols a literal tells its computed keys, and keeps twins that use `super`. */
interface Symbols {
  readonly keys: ReadonlyMap<Node, string>
  readonly twins: ReadonlyMap<Node, string>
}

function properties(node: Node, symbols: Symbols, context: Context, emitter: Emitter): void {
  let at = node.start
  for (const property of node.properties as Node[]) {
    emitter.gap(at, property.start, context)
    at = property.end
    // It reads the properties of another object, and iterates over nothing.
    if (property.type === 'SpreadElement') {
      emitter.gap(property.start, property.argument.start, context)
      emitter.emit(property.argument, context)
      continue
    }
    if (hasTwin(property, emitter) && isUncertain(property, node) && canStandAlone(property, emitter))
      alone(property, context, emitter)
    else writeProperty(property, symbols, context, emitter)
  }
  emitter.gap(at, node.end, context)
}

function writeProperty(property: Node, { keys, twins }: Symbols, context: Context, emitter: Emitter): void {
  const symbol = keys.get(property)
  const twin = twins.get(property)
  if (symbol === undefined && twin === undefined) {
    emitter.emit(property, context)
    return
  }
  const { value } = property
  if (property.computed === true) {
    const held = emitter.moduleVariable('key')
    emitter.gap(property.start, property.key.start, context)
    emitter.text(`${held}=${emitter.runtime('toKey')}(`)
    emitter.emit(property.key, context)
    emitter.text(')')
    emitter.gap(property.key.end, value.start, context)
    plain(value, context, emitter)
    // The key is told at once, under the symbol: by the time the object is made it may have been overwritten.
    emitter.text(`,[${symbol}]:${held}`)
  } else {
    emitter.gap(property.start, value.start, context)
    plain(value, context, emitter)
  }
  if (twin === undefined) return
  emitter.text(`,*[${twin}]`, property.start)
  generatorRest(value, fresh(context), emitter, [])
}
