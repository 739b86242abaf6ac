/**
 * Context managers: what has to be undone stands beside what is done. `contextmanager` makes one of a generator that
 * yields once: before the `yield` it enters, after it it leaves.
 *
 * An ExitStack holds any number of them, and leaves them last in, first out. `popAll` takes them over once all went
 * well: so either everything is open, or nothing is.
 */
import { contextmanager, ExitStack } from 'plait'

const opened = contextmanager(function* opened(name: string) {
  if (name === 'the jammed drawer') throw new Error(`${name} does not open`)
  console.log(`  open ${name}`)
  try {
    yield name
  } finally {
    console.log(`  close ${name}`)
  }
})

/** Opens all of them or none. */
function openAll(names: readonly string[]): ExitStack {
  using stack = new ExitStack() // closes what is still in it at the end of this block
  for (const name of names) stack.enter(opened(name))
  return stack.popAll()
}

export default function* main() {
  console.log('a body:')
  const letters = opened('the box').with(name => {
    console.log(`  look into ${name}`)
    return 3
  })
  console.log(`  ${letters} letters`)

  console.log('all of them:')
  const cupboards = openAll(['the cellar', 'the cupboard', 'the drawer'])
  console.log('  look into everything')
  cupboards.close()

  console.log('or none:')
  try {
    openAll(['the cellar', 'the cupboard', 'the jammed drawer'])
  } catch (error) {
    console.log(`  ${(error as Error).message}`)
  }
}
