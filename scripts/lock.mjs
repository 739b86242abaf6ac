// One process at a time: `npm start` in one terminal and `npm test` in another must not install or build at once.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './runtime.mjs'

const folder = join(root, '.cache')

/** Runs `body` while holding the lock of that name, waiting for another process that holds it. */
export function withLock(name, body) {
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, `${name}.lock`)
  let told = false
  while (!take(lock)) {
    const owner = ownerOf(lock)
    if (owner === undefined) continue
    if (!isAlive(owner)) {
      dropStale(lock, owner)
      continue
    }
    if (!told) console.error(`${name}: another process (${owner}) is at it; waiting for it to end`)
    told = true
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release) // a body that gives up calls process.exit, which skips `finally`
  try {
    return body()
  } finally {
    process.off('exit', release)
    release()
  }
}

// Written aside and linked into place, so that a lock that exists always names its owner.
function take(lock) {
  const mine = `${lock}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  try {
    linkSync(mine, lock)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(mine, { force: true })
  }
}

function ownerOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    return undefined // released meanwhile
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// Its owner was killed. Renaming is atomic, so only one of several waiters gets this file; if another waiter was
// faster and has taken the lock since, what was renamed is its lock, and goes back.
function dropStale(lock, owner) {
  const aside = `${lock}.stale.${process.pid}`
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  if (ownerOf(aside) !== owner) {
    try {
      linkSync(aside, lock)
    } catch {
      // a third process holds it by now
    }
  }
  rmSync(aside, { force: true })
}
