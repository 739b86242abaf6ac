/**
 * Context managers that wait: opening takes a while, and so does closing. `asynccontextmanager` makes one of an async
 * generator, or of a generator that waits, and an AsyncExitStack leaves them last in, first out, waiting for each.
 */
import { AsyncExitStack, asynccontextmanager, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

const opened = asynccontextmanager(async function* opened(name: string) {
  await sleep(100) // looks for the key
  if (name === 'the jammed drawer') throw new Error(`${name} does not open`)
  console.log(`  open ${name}`)
  try {
    yield name
  } finally {
    await sleep(50) // turns it twice
    console.log(`  close ${name}`)
  }
})

/** Opens all of them or none. */
async function openAll(names: readonly string[]): Promise<AsyncExitStack> {
  await using stack = new AsyncExitStack() // closes what is still in it at the end of this block
  for (const name of names) await stack.enter(opened(name))
  return stack.popAll()
}

async function inventory() {
  console.log('a body:')
  const letters = await opened('the box').with(async name => {
    console.log(`  look into ${name}`)
    return 3
  })
  console.log(`  ${letters} letters`)

  console.log('all of them:')
  const cupboards = await openAll(['the cellar', 'the cupboard', 'the drawer'])
  console.log('  look into everything')
  await cupboards.close()

  console.log('or none:')
  try {
    await openAll(['the cellar', 'the cupboard', 'the jammed drawer'])
  } catch (error) {
    console.log(`  ${(error as Error).message}`)
  }
}

export default async function main() {
  await runVirtual(inventory)
}
