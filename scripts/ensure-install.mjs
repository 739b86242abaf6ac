// Runs before `npm start`, `npm test` and the rest. Installs the locked dependencies where package-lock.json has
// changed since the last install, and otherwise touches nothing: `npm ci` deletes node_modules first and needs a
// network. The lockfile also brings a recent Node, which npm scripts find in node_modules/.bin.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { findNode, minimumNode, root } from './runtime.mjs'

const lockfile = join(root, 'package-lock.json')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.plait-install') // inside node_modules, so that it cannot outlive them

const wanted = fingerprint()
if (!isInstalled()) {
  withLock('install', () => {
    if (!isInstalled()) install()
  })
}
if (findNode() === undefined) {
  fail(
    `Node ${minimumNode} or later is needed: this is ${process.versions.node}, and none was installed for ` +
      `${process.platform}-${process.arch}; get one from https://nodejs.org and run this again`,
  )
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`)
  try {
    return hash.update(readFileSync(lockfile)).digest('hex')
  } catch {
    return fail(`package-lock.json cannot be read in ${root}; run this from a complete clone`)
  }
}

function isInstalled() {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === wanted
  if (!isInstalledByHand()) return false
  writeStamp()
  return true
}

// An `npm ci` or `npm install` typed by hand leaves npm's own record of what it put where, written last. If that
// says what the lockfile says, there is nothing to do.
function isInstalledByHand() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const locked = JSON.parse(readFileSync(lockfile, 'utf8')).packages
  const present = JSON.parse(readFileSync(record, 'utf8')).packages
  const isSame = (a, b) => a !== undefined && a.version === b.version && a.integrity === b.integrity
  const isOptional = entry => entry.optional === true || entry.devOptional === true
  return (
    Object.entries(locked).every(
      ([path, entry]) =>
        !path.startsWith('node_modules/') ||
        isSame(present[path], entry) ||
        (present[path] === undefined && isOptional(entry)),
    ) && Object.keys(present).every(path => path in locked)
  )
}

function install() {
  rmSync(stamp, { force: true })
  console.error('installing the locked dependencies (npm ci)')
  // The npm and the Node that started this script, since node_modules/.bin/node is deleted under way.
  const cli = process.env.npm_execpath
  const isNpm = cli !== undefined && /npm-cli\.c?js$/.test(cli)
  const command = isNpm ? (process.env.npm_node_execpath ?? process.execPath) : 'npm'
  const flags = ['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund']
  const result = spawnSync(command, [...(isNpm ? [cli] : []), ...flags, '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: !isNpm && process.platform === 'win32',
  })
  if (result.error) fail(`npm could not be started (${result.error.message})`)
  if (result.status !== 0) fail('npm ci failed (its own message is above); nothing was marked as installed')
  writeStamp()
}

// Renamed into place: a stamp is whole or absent.
function writeStamp() {
  mkdirSync(modules, { recursive: true })
  const aside = `${stamp}.${process.pid}`
  writeFileSync(aside, wanted)
  renameSync(aside, stamp)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
