import type { Block, Handler, Program, Statement } from './program.ts'

/** A program in a form that reads like one. Functions that are empty and never named are left out. */
export function pseudoCode(program: Program): string {
  const text = JSON.stringify(program)
  const functions = program.functions.flatMap((body, index) => {
    const isNamed = index === 0 || text.includes(`"fn":${index}`) || text.includes(`"callback":${index}`)
    if (body.length === 0 && !isNamed) return []
    return [`F${index}${index === 0 ? ', the main greenlet' : ''}:`, ...blockLines(body)]
  })
  const callbacks = program.callbacks.flatMap((block, index) =>
    text.includes(`"callback":${index}`) ? [`C${index}, called in the hub:`, ...blockLines(block)] : [],
  )
  return [...functions, ...callbacks].join('\n')
}

function blockLines(block: Block): string[] {
  const lines = block.flatMap(statement => statementLines(statement))
  return (lines.length > 0 ? lines : ['pass']).map(line => `  ${line}`)
}

function statementLines(statement: Statement): string[] {
  switch (statement.op) {
    case 'try': {
      const cleanup = statement.cleanup === null ? [] : ['finally:', ...blockLines(statement.cleanup)]
      return ['try:', ...blockLines(statement.body), ...handlerLines(statement.handler), ...cleanup]
    }
    case 'repeat':
    case 'timeout':
    case 'hold':
      return [`${line(statement)}:`, ...blockLines(statement.body)]
    default:
      return [line(statement)]
  }
}

function handlerLines(handler: Handler | null): string[] {
  if (handler === null) return []
  const left =
    handler.leave === 'swallow' ? [] : [`  ${handler.leave === 'raise' ? 'raise another' : 'raise'}`]
  const body = handler.body.length === 0 && left.length > 0 ? [] : blockLines(handler.body)
  const whose = handler.kind === 'mine' ? ` scope ${handler.scope}` : ''
  return [`except ${handler.kind}${whose}:`, ...body, ...left]
}

function line(statement: Statement): string {
  const fields = Object.entries(statement).filter(([key]) => key !== 'op' && key !== 'body')
  return [statement.op, ...fields.map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(' ')
}
