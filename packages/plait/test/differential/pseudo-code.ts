import type { Block, Handler, Program, Statement } from './program.ts'

/** A program in a form that reads like one. Bodies that are empty and never named are left out. */
export function pseudoCode(program: Program): string {
  const text = JSON.stringify(program)
  const bodies = program.bodies.map((body, index) => {
    const isNamed = index === 0 || text.includes(`"B${index}"`) || text.includes(`"body":${index},`)
    if (body.length === 0 && !isNamed) return []
    const kind = program.raw[index] ? 'a raw generator' : 'a coroutine'
    return [`B${index}${index === 0 ? ', the main task' : ''} (${kind}):`, ...blockLines(body)]
  })
  const callbacks = program.callbacks.map((block, index) =>
    text.includes(`"callback":${index}`) ? [`C${index}, a callback:`, ...blockLines(block)] : [],
  )
  const hurried = program.hurried ? ['(the host wants its turn at every satisfied wait)'] : []
  const watched = program.watched ? ['(an instrument listens)'] : []
  return [...hurried, ...watched, ...bodies.flat(), ...callbacks.flat()].join('\n')
}

function blockLines(block: Block): string[] {
  const lines = block.flatMap(statement => statementLines(statement))
  return (lines.length > 0 ? lines : ['pass']).map(line => `  ${line}`)
}

const limited = (limit: number | null): string => (limit === null ? 'no limit' : `limit ${limit}`)

function statementLines(statement: Statement): string[] {
  switch (statement.op) {
    case 'timeout': {
      const { at, limit, scope } = statement
      const deadline = limit === null ? 'none' : at ? `now + ${limit}` : `${limit}`
      return [`${at ? 'timeoutAt' : 'timeout'} ${deadline} as S${scope}:`, ...blockLines(statement.body)]
    }
    case 'group':
      return [`group G${statement.group}:`, ...blockLines(statement.body)]
    case 'hold':
      return [`hold ${statement.on}:`, ...blockLines(statement.body)]
    case 'repeat':
      return [`repeat ${statement.times} times:`, ...blockLines(statement.body)]
    case 'try': {
      const cleanup = statement.cleanup ? ['finally:', ...blockLines(statement.cleanup)] : []
      return ['try:', ...blockLines(statement.body), ...handlerLines(statement.handler), ...cleanup]
    }
    default:
      return [line(statement)]
  }
}

function handlerLines(handler: Handler | null): string[] {
  if (handler === null) return []
  const left =
    handler.leave === 'swallow' ? [] : [`  ${handler.leave === 'raise' ? 'raise another' : 'raise'}`]
  const body = handler.body.length === 0 && left.length > 0 ? [] : blockLines(handler.body)
  return [`except ${handler.kind}:`, ...body, ...left]
}

function line(statement: Statement): string {
  switch (statement.op) {
    case 'sleep':
      return `sleep ${statement.delay}`
    case 'turn':
      return statement.times === 1 ? 'give way' : `give way ${statement.times} times`
    case 'await':
    case 'shield':
    case 'uncancel':
    case 'cancelling':
    case 'read':
      return `${statement.op} ${statement.what}`
    case 'gather':
      return `gather ${statement.what.join(', ')}${statement.settled ? ', errors as results' : ''}`
    case 'wait':
      return `wait ${statement.what.join(', ')} until ${statement.mode}, ${limited(statement.limit)}`
    case 'waitFor':
      return `waitFor ${statement.shielded ? 'shield ' : ''}${statement.what}, ${limited(statement.limit)}`
    case 'asCompleted':
      return `asCompleted ${statement.what.join(', ')}, ${limited(statement.limit)}, by ${statement.form}`
    case 'spawn': {
      const group = statement.group === null ? '' : `, in G${statement.group}`
      const context = statement.context === 'copied' ? '' : `, in its ${statement.context} context`
      const how = `${statement.eager ? ', eagerly' : ''}${group}${context.replace('its shared', 'the shared')}`
      return `T${statement.slot} = spawn B${statement.body}${how}`
    }
    case 'cancel':
      return `cancel ${statement.what}${statement.reason === null ? '' : ` because "${statement.reason}"`}`
    case 'setResult':
      return `F${statement.future}.setResult ${statement.value}`
    case 'setError':
      return `F${statement.future}.setException "${statement.message}"`
    case 'renewFuture':
      return `F${statement.future} = new Future`
    case 'addCallback':
      return `${statement.what}.addDoneCallback C${statement.callback}`
    case 'removeCallback':
      return `${statement.what}.removeDoneCallback C${statement.callback}`
    case 'callSoon':
      return `H${statement.handle} = callSoon C${statement.callback}`
    case 'callLater':
      return `H${statement.handle} = callLater ${statement.delay}, C${statement.callback}`
    case 'callAt':
      return `H${statement.handle} = callAt now + ${statement.offset}, C${statement.callback}`
    case 'cancelHandle':
      return `H${statement.handle}.cancel`
    case 'reschedule':
      return `S${statement.scope}.reschedule ${statement.to === null ? 'none' : `now + ${statement.to}`}`
    case 'currentTask':
      return 'currentTask'
    case 'setVariable':
      return `V${statement.variable}.set ${statement.value}`
    case 'getVariable':
      return `V${statement.variable}.get`
    case 'count':
      return `counter += ${statement.by}`
    case 'raise':
      return `raise "${statement.message}"`
    case 'return':
      return `return ${statement.value}`
    default:
      return 'on' in statement ? sharedLine(statement) : statement.op
  }
}

const methods: Readonly<Record<string, string>> = {
  eventWait: 'wait',
  conditionWait: 'wait',
  conditionWaitFor: 'waitFor',
  barrierWait: 'wait',
  barrierReset: 'reset',
  barrierAbort: 'abort',
}

function sharedLine(statement: Statement & { on: string }): string {
  const { op, on } = statement
  if (op === 'look') return `look at ${on}`
  const call = `${on}.${methods[op] ?? op}${argument(statement)}`
  if (!('how' in statement) || statement.how === 'directly') return call
  return statement.how === 'inTask'
    ? `${call}, in a task of its own`
    : `waitFor ${call}, limit ${statement.how}`
}

function argument(statement: Statement): string {
  switch (statement.op) {
    case 'put':
    case 'putNowait':
      return ` [${statement.priority}, …]`
    case 'notify':
      return ` ${statement.count}`
    case 'conditionWaitFor':
      return ` counter >= ${statement.least}`
    case 'shutdown':
      return statement.immediate ? ' immediately' : ''
    default:
      return ''
  }
}
