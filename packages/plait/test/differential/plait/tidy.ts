import type { Block, Program } from '../program.ts'

/**
 * Whether no task gives back what another took. CPython's `async with` releases at its end whatever is held then;
 * `hold` gives back what it took itself, and does the same only in such programs.
 */
export function isTidy(program: Program): boolean {
  return [...program.bodies, ...program.callbacks].every(block => isTidyBlock(block, []))
}

/** `held` are the locks around the block. */
function isTidyBlock(block: Block, held: readonly string[]): boolean {
  return block.every(statement => {
    switch (statement.op) {
      case 'release':
        return false
      case 'conditionWait':
      case 'conditionWaitFor':
        return held.includes(lockOf(statement.on))
      case 'hold':
        return isTidyBlock(statement.body, [...held, lockOf(statement.on)])
      case 'try':
        return [statement.body, statement.handler?.body ?? [], statement.cleanup ?? []].every(part =>
          isTidyBlock(part, held),
        )
      case 'timeout':
      case 'group':
      case 'repeat':
        return isTidyBlock(statement.body, held)
      default:
        return true
    }
  })
}

const lockOf = (name: string): string => (name === 'lock0' ? 'condition0' : name)
