import { type Node, unwrap } from './ast.ts'
import type { Context, PrivateTwins } from './context.ts'
import type { Emitter, Handler } from './emitter.ts'
import { keyName } from './facts.ts'
import { generatorRest, named, plain, plainFrom, plainInside } from './functions.ts'
import { PLAIN_CONSTRUCTORS } from './natives.ts'
import { own } from './reach.ts'

/*
 * A class is written once: its twins are generator methods beside its methods, since only there can they use `super` and private
 * members; `classTwins` moves them to the methods when the class is made. Constructing it inside a greenlet goes in two steps:
 * the engine makes the object by a constructor that does nothing (`K.on`), then the twins of its fields and its constructor run.
 */

const METHOD = 0
const GETTER = 1
const SETTER = 2
const GENERATOR = 3
const KINDS: Readonly<Record<string, number>> = { method: METHOD, get: GETTER, set: SETTER }

interface Plan {
  readonly node: Node
  readonly heritage: 'none' | 'native' | 'unknown'
  readonly maker: Node | undefined
  readonly constructorReaches: boolean
  /** From the first one that may wait on, fields are written by a twin. */
  readonly deferred: readonly Node[]
  readonly hasPrologue: boolean
  /** It has a constructor that can have no twin. */
  readonly isPlain: boolean
  /** One method may stand in the place of another: which does is told when the class is made, by the keys of them all. */
  readonly mayReplace: boolean
  readonly twins: ReadonlyMap<Node, string>
  readonly privates: PrivateTwins
}

export const classDeclaration: Handler = (node, context, emitter) => {
  const plan = planOf(node, context, emitter)
  if (plan === undefined) {
    body(node, undefined, context, emitter)
    return
  }
  if (!node.id) {
    expression(node, plan, context, emitter)
    return
  }
  const stamp = body(node, plan, context, emitter)
  emitter.text(`${emitter.runtime('classTwins')}(${node.id.name}${stamp});`)
}

export const classExpression: Handler = (node, context, emitter) => {
  const plan = planOf(node, context, emitter)
  if (plan === undefined) body(node, undefined, context, emitter)
  else expression(node, plan, context, emitter)
}

function expression(node: Node, plan: Plan, context: Context, emitter: Emitter): void {
  emitter.text(`${emitter.runtime('classTwins')}(`, node.start)
  let stamp = ''
  named(node, emitter, () => {
    stamp = body(node, plan, context, emitter)
  })
  emitter.text(`${stamp})`)
}

/** What of a class may wait; undefined if nothing. */
function planOf(node: Node, context: Context, emitter: Emitter): Plan | undefined {
  const members: readonly Node[] = node.body.body
  if (node.decorators?.length > 0 || members.some(member => member.decorators?.length > 0)) return undefined
  const { reach, facts } = emitter
  const twins = new Map<Node, string>()
  const privates = new Map(context.privates)
  for (const member of members) {
    const name = member.key?.type === 'PrivateIdentifier' ? (member.key.name as string) : undefined
    if (name !== undefined) privates.delete(name)
  }
  for (const member of members) {
    if (member.type !== 'MethodDefinition' || member.kind === 'constructor' || !reach.needsTwin(member.value))
      continue
    if (member.key.type !== 'PrivateIdentifier') {
      twins.set(member, emitter.symbol(keyName(member.key)))
      continue
    }
    if (member.value.generator === true) continue
    const twin = emitter.fresh(member.key.name)
    twins.set(member, twin)
    privates.set(member.key.name, [...(privates.get(member.key.name) ?? []), { kind: member.kind, twin }])
  }
  const maker: Node | undefined = members.find(member => member.kind === 'constructor')
  const heritage = heritageOf(node, emitter)
  const isExtended = node.id !== null && node.id !== undefined && facts.extended.has(node.id.name)
  const canHaveTwin =
    maker === undefined ||
    (reach.obstacle(maker.value) === undefined && !(node.superClass && facts.of(maker.value).superWrite))
  const fieldsReach = members.some(
    member => isInstanceField(member) && member.value && reach.contains(member.value),
  )
  const bodyReaches = maker !== undefined && canHaveTwin && reachesBeyondSuper(maker.value, heritage, emitter)
  const isAsked = bodyReaches || fieldsReach || heritage === 'unknown' || isExtended
  const firstDeferred = members.findIndex(
    member => isInstanceField(member) && member.value && (reach.contains(member.value) || acts(member.value)),
  )
  const deferred = isAsked && firstDeferred !== -1 ? members.slice(firstDeferred).filter(isInstanceField) : []
  const isDeferring =
    canHaveTwin &&
    heritage !== 'native' &&
    deferred.length > 0 &&
    deferred.every(field => field.computed !== true || field.key.type === 'Literal')
  const constructorReaches = bodyReaches || (maker !== undefined && isDeferring)
  // The fields of a base class that gives an object made elsewhere run for nothing: they must do nothing then.
  const mayGive = heritage !== 'none' || deferred.length === 0 || isDeferring
  const isPlain = (maker !== undefined && !constructorReaches) || !mayGive
  const hasPrologue = mayGive && isAsked
  if (twins.size === 0 && !hasPrologue) return undefined
  return {
    node,
    heritage,
    maker,
    constructorReaches: constructorReaches && mayGive,
    deferred: isDeferring ? deferred : [],
    isPlain,
    hasPrologue,
    mayReplace: mayReplace(members),
    twins,
    privates,
  }
}

/** Whether to evaluate it does anything that shows. */
function acts(value: Node): boolean {
  for (const one of own(value))
    if (ACTS.has(one.type) || (one.type === 'UnaryExpression' && one.operator === 'delete')) return true
  return false
}

const ACTS: ReadonlySet<string> = new Set([
  ...[
    'CallExpression',
    'NewExpression',
    'TaggedTemplateExpression',
    'UpdateExpression',
    'AssignmentExpression',
  ],
  ...['YieldExpression', 'AwaitExpression', 'ImportExpression'],
])

/** Whether one method may stand in the place of another: two have one name, or one has a key that is computed. */
function mayReplace(members: readonly Node[]): boolean {
  const names = members
    .filter(isTold)
    .map(member => [memberName(member), member.static === true, KINDS[member.kind] ?? METHOD].join())
  return names.some(name => name.startsWith(',')) || new Set(names).size < names.length
}

/** A member that is found under its key when the class is made: no field of an object, nothing private. */
function isTold(member: Node): boolean {
  if (!member.key || member.key.type === 'PrivateIdentifier' || member.kind === 'constructor') return false
  return member.type === 'MethodDefinition' || (member.static === true && member.computed !== true)
}

/** The name of a member as far as its text tells; undefined for a computed key. */
function memberName({ key, computed }: Node): string | undefined {
  if (computed !== true || key.type === 'Literal') return keyName(key)
  const isSymbol = key.type === 'MemberExpression' && key.object.name === 'Symbol' && key.computed !== true
  return isSymbol ? `Symbol.${key.property.name}` : undefined
}

function isInstanceField(member: Node): boolean {
  return member.type === 'PropertyDefinition' && member.static !== true
}

function heritageOf(node: Node, emitter: Emitter): Plan['heritage'] {
  if (!node.superClass) return 'none'
  const parent = unwrap(node.superClass)
  if (parent.type === 'Literal') return 'native'
  if (parent.type !== 'Identifier' || !emitter.facts.isGlobal(parent.name)) return 'unknown'
  return PLAIN_CONSTRUCTORS.has(parent.name) || parent.name === 'EventTarget' ? 'native' : 'unknown'
}

/** `super(…)` of a native class is no reason for a twin. */
function reachesBeyondSuper(fn: Node, heritage: Plan['heritage'], emitter: Emitter): boolean {
  return emitter.reach.reachesApartFrom(
    fn,
    call => heritage === 'native' && unwrap(call.callee).type === 'Super',
  )
}

/** Writes the class, and gives the rest of the call that stamps it. */
function body(node: Node, plan: Plan | undefined, context: Context, emitter: Emitter): string {
  const inside: Context = {
    ...plainInside({ ...node, type: 'class' } as Node, context),
    privates: plan?.privates ?? context.privates,
  }
  let at = node.start
  if (node.superClass) {
    emitter.gap(at, node.superClass.start, context)
    emitter.emit(node.superClass, context)
    at = node.superClass.end
  }
  const table: string[] = []
  for (const member of node.body.body as Node[]) {
    emitter.gap(at, member.start, context)
    const home = node.id && (member.static === true ? node.id.name : `${node.id.name}.prototype`)
    writeMember(member, plan, context, { ...inside, homeText: home ?? undefined }, emitter, table)
    at = member.end
  }
  if (plan === undefined) {
    emitter.gap(at, node.end, context)
    return ''
  }
  emitter.gap(at, node.body.end - 1, context)
  const keys = construction(plan, inside, emitter)
  emitter.text('}')
  return `,[${table.join(',')}],${keys},${plan.hasPrologue},${plan.isPlain}`
}

function writeMember(
  member: Node,
  plan: Plan | undefined,
  context: Context,
  inside: Context,
  emitter: Emitter,
  table: string[],
): void {
  if (member.type === 'StaticBlock') {
    emitter.gap(member.start, member.body[0]?.start ?? member.end, context)
    if (member.body.length > 0) emitter.list(member.body, inside, member.body[0].start, member.end)
    return
  }
  if (plan !== undefined && member === plan.maker) {
    plainConstructor(member, plan, inside, emitter)
    return
  }
  const twin = plan?.twins.get(member)
  const isRow = isTold(member) && (twin !== undefined || plan?.mayReplace === true)
  const held = writeKey(member, isRow, context, emitter)
  if (isRow) table.push(rowOf(member, twin, held))
  if (member.type !== 'MethodDefinition') {
    if (member.value) writeField(member, plan, inside, emitter)
    emitter.gap(member.value?.end ?? member.key.end + (member.computed ? 1 : 0), member.end, context)
    return
  }
  plain(member.value, inside, emitter)
  if (twin === undefined) return
  const prefix = member.static === true ? ' static *' : ' *'
  const key = member.key.type === 'PrivateIdentifier' ? `#${twin}` : `[${twin}]`
  emitter.text(prefix + key, member.start)
  generatorRest(member.value, inside, emitter, [])
}

/** What `classTwins` is told of a member: its key, the symbol of its twin, its place and its kind. */
function rowOf(member: Node, twin: string | undefined, held: string | undefined): string {
  const kind = member.value?.generator === true ? GENERATOR : (KINDS[member.kind] ?? METHOD)
  const key = held ?? JSON.stringify(keyName(member.key))
  return `[${key},${twin ?? 'void 0'},${member.static === true ? 1 : 0},${kind}]`
}

/** The member up to its value; a computed key that is asked for again is held. */
function writeKey(member: Node, isHeld: boolean, context: Context, emitter: Emitter): string | undefined {
  if (member.computed !== true) {
    emitter.gap(member.start, member.value?.start ?? member.key.end, context)
    return undefined
  }
  emitter.gap(member.start, member.key.start, context)
  const held = isHeld ? emitter.moduleVariable() : undefined
  if (held !== undefined) emitter.text(`${held}=${emitter.runtime('toKey')}(`)
  emitter.emit(member.key, context)
  if (held !== undefined) emitter.text(')')
  emitter.gap(member.key.end, member.value?.start ?? member.key.end + 1, context)
  return held
}

function writeField(member: Node, plan: Plan | undefined, inside: Context, emitter: Emitter): void {
  if (plan?.deferred.includes(member) !== true) {
    emitter.emit(member.value, inside)
    return
  }
  const K = emitter.runtime('K')
  const name = member.key.type === 'PrivateIdentifier' ? undefined : JSON.stringify(keyName(member.key))
  emitter.text(name === undefined ? `${K}.on?void 0:` : `${K}.on?${K}.kept(this,${name}):`)
  named(unwrap(member.value), emitter, () => emitter.emit(member.value, inside))
}

/** The constructor as it was, but for the beginning, where only an object is wanted. */
function plainConstructor(member: Node, plan: Plan, inside: Context, emitter: Emitter): void {
  const first = (plan.hasPrologue ? prologue(plan, emitter) : '') + emitter.counted(member.value, 0)
  plainFrom(member.value, member.start, first, inside, emitter)
}

function prologue(plan: Plan, emitter: Emitter): string {
  const K = emitter.runtime('K')
  if (plan.heritage === 'none') return `if(${K}.on)return ${K}.base();`
  const given = `${emitter.prefix}g`
  return `if(${K}.on){const ${given}=${K}.given();if(${given}!==void 0)return ${given};super(...${K}.args());${K}.done();return}`
}

/** The twins of the constructor and the fields; gives their symbols. */
function construction(plan: Plan, inside: Context, emitter: Emitter): string {
  const name = plan.node.id?.name ?? emitter.facts.names.get(plan.node)
  if (plan.hasPrologue && plan.maker === undefined) {
    const all = `${emitter.prefix}p`
    if (plan.heritage === 'none') emitter.text(`;constructor(){${prologue(plan, emitter)}}`)
    else emitter.text(`;constructor(...${all}){${prologue(plan, emitter)}super(...${all})}`)
  }
  const constructorKey = plan.constructorReaches ? emitter.symbol(name) : 'void 0'
  if (plan.constructorReaches) constructorTwin(plan, constructorKey, inside, emitter)
  const fieldsKey = plan.deferred.length > 0 ? emitter.symbol(name) : 'void 0'
  if (plan.deferred.length > 0) fieldsTwin(plan, fieldsKey, inside, emitter)
  return `${constructorKey},${fieldsKey}`
}

function constructorTwin(plan: Plan, symbol: string, inside: Context, emitter: Emitter): void {
  const fn = (plan.maker as Node).value as Node
  const cell = `${emitter.prefix}c`
  const isDerived = plan.heritage !== 'none'
  const mentions = emitter.facts.of(fn)
  const context: Context = {
    ...inside,
    thisText: isDerived ? `${cell}.self` : undefined,
    cellText: isDerived ? cell : undefined,
    newTargetText: `${cell}.newTarget`,
  }
  emitter.text(`;*[${symbol}]`, fn.start)
  if (!mentions.arguments) {
    generatorRest(fn, context, emitter, [cell])
    return
  }
  // Its own arguments come after the cell: a function inside has them for its own, and reads `super` by another.
  const { prefix } = emitter
  const read = `${prefix}U`
  emitter.text(`(${cell},...${prefix}A){const ${read}=${prefix}k=>super[${prefix}k];return yield*(function*`)
  generatorRest(fn, { ...context, superText: read }, emitter, [])
  emitter.text(`).apply(this,${prefix}A)}`)
}

function fieldsTwin(plan: Plan, symbol: string, inside: Context, emitter: Emitter): void {
  const activation = emitter.activation()
  const context: Context = {
    ...inside,
    suspends: true,
    wraps: true,
    isNested: true,
    activation,
    instead: new Map(),
  }
  emitter.text(`;*[${symbol}](){`, plan.node.start)
  const hole = emitter.writer.hole()
  for (const field of plan.deferred) {
    emitter.text(
      field.key.type === 'Literal' ? `this[${field.key.raw}]=` : `this.${keyName(field.key)}=`,
      field.start,
    )
    if (field.value) named(unwrap(field.value), emitter, () => emitter.emit(field.value, context))
    else emitter.text('void 0')
    emitter.text(';')
  }
  emitter.text('}')
  hole.text = activation.declaration()
}
