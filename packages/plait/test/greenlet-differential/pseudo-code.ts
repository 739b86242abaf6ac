import type { Block, ErrorSpec, Handler, Program, Statement } from './program.ts'

/** A program in a form that reads like one. Bodies that are empty and never named are left out. */
export function pseudoCode(program: Program): string {
  const text = JSON.stringify(program)
  const bodies = program.bodies.map((body, index) => {
    const isNamed = index === 0 || text.includes(`"body":${index},`)
    if (body.length === 0 && !isNamed) return []
    return [`B${index}${index === 0 ? ', in the main greenlet' : ''}:`, ...blockLines(body)]
  })
  const foreign = program.foreign ? ['(beside another thread)'] : []
  const watched = program.watched ? ['(an instrument listens)'] : []
  return [...foreign, ...watched, ...bodies.flat()].join('\n')
}

function blockLines(block: Block): string[] {
  const lines = block.flatMap(statement => statementLines(statement))
  return (lines.length > 0 ? lines : ['pass']).map(line => `  ${line}`)
}

function statementLines(statement: Statement): string[] {
  switch (statement.op) {
    case 'repeat':
      return [`repeat ${statement.times} times:`, ...blockLines(statement.body)]
    case 'within':
      return [`within a ${statement.way}, ${statement.times}:`, ...blockLines(statement.body)]
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
  const left = { swallow: [], rethrow: ['  raise'], raise: ['  raise another'] }[handler.leave]
  const body = handler.body.length === 0 && left.length > 0 ? [] : blockLines(handler.body)
  return [`except ${handler.kind}:`, ...body, ...left]
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
const error = (spec: ErrorSpec | null): string =>
  spec === null ? 'nothing' : `${spec.kind} "${spec.message}"`

function line(statement: Exclude<Statement, { op: 'repeat' | 'within' | 'try' }>): string {
  switch (statement.op) {
    case 'switch':
      return `switch to ${statement.to}${statement.args.length > 0 ? ` with ${statement.args.map(shown).join(', ')}` : ''}`
    case 'throw':
      return `throw ${error(statement.error)} into ${statement.to}`
    case 'pause':
      return `pause: ${statement.how}`
    case 'create': {
      const { slot, body, parent, making, generator, scoped } = statement
      const what =
        making === 'nothing' ? 'nothing to run' : `B${body}${making === 'class' ? ' as a method' : ''}`
      const kind = `${generator ? ', a generator where they are mixed' : ''}${scoped ? ', in a scope of its own' : ''}`
      return `G${slot} = a greenlet with ${what}${parent === null ? '' : `, under ${parent}`}${kind}`
    }
    case 'setRun':
      return `${statement.of}.run = B${statement.body}${statement.generator ? ', a generator where they are mixed' : ''}`
    case 'setParent':
      return `${statement.of}.parent = ${statement.to}`
    case 'look':
      return `look at ${statement.at}`
    case 'setVariable':
      return `v${statement.variable} = ${statement.value}`
    case 'getVariable':
      return `v${statement.variable}`
    case 'setContext':
      return `${statement.of}.context = ${statement.to}`
    case 'readContext':
      return `v${statement.variable} in ${statement.of}.context`
    case 'trace':
      return `trace by ${statement.tracer === null ? 'nobody' : `T${statement.tracer}`}${statement.fails === null ? '' : `, which fails after ${statement.fails}`}`
    case 'raise':
      return `raise ${error(statement.error)}`
    case 'return':
      return `return ${shown(statement.value)}`
  }
}
