import fs from 'node:fs'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { blocking, inGreenlet } from './both-ways.ts'
import { BY_CONTENT, type Calls, compareFs } from './compare-fs.ts'

function kept(dir: fs.Dir): unknown {
  const names: string[] = []
  for (let entry = dir.readSync(); entry !== null; entry = dir.readSync()) {
    names.push(`${entry.name} ${entry.isDirectory()} ${entry.constructor.name}`)
  }
  dir.closeSync()
  return names.toSorted()
}

const loosely = fs as unknown as Record<string, (...args: unknown[]) => unknown>

const calls: Calls = {
  statSync: [
    d => fs.statSync(`${d}/a`).size,
    d => fs.statSync(`${d}/a`).constructor.name,
    d => fs.statSync(`${d}/link`).isFile(),
    d => typeof fs.statSync(`${d}/a`, { bigint: true }).size,
    d => fs.statSync(`${d}/none`, { throwIfNoEntry: false }),
    d => fs.statSync(`${d}/a/b`, { throwIfNoEntry: false }),
    d => fs.statSync(`${d}/none`),
    d => fs.statSync(`${d}/loop`),
    () => loosely.statSync?.({}),
  ],
  lstatSync: [
    d => fs.lstatSync(`${d}/link`).isSymbolicLink(),
    d => fs.lstatSync(`${d}/none`, { throwIfNoEntry: false }),
    d => fs.lstatSync(`${d}/none`),
    d => fs.lstatSync(`${d}/a/b`),
  ],
  statfsSync: [d => fs.statfsSync(d).type, d => fs.statfsSync(`${d}/none`)],
  existsSync: [
    d => fs.existsSync(`${d}/a`),
    d => fs.existsSync(`${d}/none`),
    d => fs.existsSync(`${d}/loop`),
    d => fs.existsSync(pathToFileURL(d)),
    () => fs.existsSync(''),
  ],
  accessSync: [
    d => fs.accessSync(`${d}/a`),
    d => fs.accessSync(`${d}/a`, fs.constants.R_OK),
    d => fs.accessSync(`${d}/none`),
    d => fs.accessSync(`${d}/a`, 77),
  ],
  readdirSync: [
    d => fs.readdirSync(d).toSorted(),
    d => fs.readdirSync(`${d}/dir`, 'buffer').length,
    d => fs.readdirSync(d, { recursive: true }).toSorted(),
    d =>
      fs
        .readdirSync(d, { withFileTypes: true, recursive: true })
        .map(entry => `${entry.parentPath} ${entry.name} ${entry.isDirectory()} ${entry.constructor.name}`)
        .toSorted(),
    d => fs.readdirSync(`${d}/empty`),
    d => fs.readdirSync(`${d}/none`),
    d => fs.readdirSync(`${d}/none`, { recursive: true }),
    d => fs.readdirSync(`${d}/a`),
    d => fs.readdirSync(`${d}/a`, { withFileTypes: true, recursive: true }),
    d => loosely.readdirSync?.(d, { recursive: 'yes' }),
  ],
  opendirSync: [
    d => kept(fs.opendirSync(d)),
    d => kept(fs.opendirSync(d, { recursive: true, bufferSize: 1 })),
    d => {
      const dir = fs.opendirSync(d)
      dir.closeSync()
      return blocking(() => dir.readSync()).error ?? 'read'
    },
    d => {
      const dir = fs.opendirSync(d)
      dir.closeSync()
      dir.closeSync()
    },
    d => fs.opendirSync(`${d}/none`),
    d => fs.opendirSync(`${d}/a`),
    d => fs.opendirSync(d, { bufferSize: -1 }),
  ],
  mkdirSync: [
    d => fs.mkdirSync(`${d}/new`),
    d => fs.mkdirSync(`${d}/new`, 0o700),
    d => fs.mkdirSync(`${d}/new/and/deep`, { recursive: true }),
    d => fs.mkdirSync(`${d}/dir/sub`, { recursive: true }),
    d => fs.mkdirSync(`${d}/dir`),
    d => fs.mkdirSync(`${d}/a/b/c`, { recursive: true }),
    d => fs.mkdirSync(`${d}/a`, { recursive: true }),
    d => fs.mkdirSync(`${d}/no/where`),
    d => loosely.mkdirSync?.(`${d}/new`, { recursive: 5 }),
  ],
  mkdtempSync: [
    d => fs.mkdtempSync(`${d}/new-`).length,
    d => fs.mkdtempSync(`${d}/no/where-`),
    () => loosely.mkdtempSync?.(5),
  ],
  rmSync: [
    d => fs.rmSync(`${d}/a`),
    d => fs.rmSync(`${d}/dir`, { recursive: true }),
    d => fs.rmSync(`${d}/none`, { force: true }),
    d => fs.rmSync(`${d}/link`),
    d => fs.rmSync(`${d}/none`),
    d => fs.rmSync(`${d}/none`, { recursive: true }),
    d => fs.rmSync(`${d}/dir`),
    d => fs.rmSync(`${d}/a/b`),
    d => loosely.rmSync?.(`${d}/a`, { maxRetries: -1 }),
    () => loosely.rmSync?.(5),
  ],
  rmdirSync: [
    d => fs.rmdirSync(`${d}/empty`),
    d => fs.rmdirSync(`${d}/dir`),
    d => fs.rmdirSync(`${d}/a`),
    d => fs.rmdirSync(`${d}/none`),
  ],
  unlinkSync: [
    d => fs.unlinkSync(`${d}/link`),
    d => fs.unlinkSync(`${d}/dir`),
    d => fs.unlinkSync(`${d}/none`),
  ],
  renameSync: [
    d => fs.renameSync(`${d}/a`, `${d}/b`),
    d => fs.renameSync(`${d}/none`, `${d}/b`),
    d => fs.renameSync(`${d}/a`, `${d}/dir`),
    d => loosely.renameSync?.(`${d}/a`),
  ],
  copyFileSync: [
    d => fs.copyFileSync(`${d}/a`, `${d}/b`),
    d => fs.copyFileSync(`${d}/a`, `${d}/dir/x`),
    d => fs.copyFileSync(`${d}/a`, `${d}/dir/x`, fs.constants.COPYFILE_EXCL),
    d => fs.copyFileSync(`${d}/none`, `${d}/b`),
    d => fs.copyFileSync(`${d}/a`, `${d}/dir`),
    d => fs.copyFileSync(`${d}/a`, `${d}/b`, 77),
  ],
  cpSync: [
    d => fs.cpSync(`${d}/a`, `${d}/b`),
    d => fs.cpSync(`${d}/dir`, `${d}/new`, { recursive: true }),
    d => fs.cpSync(`${d}/dir`, `${d}/new`, { recursive: true, filter: name => !name.endsWith('y') }),
    d => fs.cpSync(`${d}/link`, `${d}/b`),
    d => fs.cpSync(`${d}/a`, `${d}/dir/x`, { force: false }),
    d => fs.cpSync(`${d}/none`, `${d}/b`),
    d => fs.cpSync(`${d}/dir`, `${d}/new`),
    d => fs.cpSync(`${d}/a`, `${d}/dir`),
    d => fs.cpSync(`${d}/dir`, `${d}/a`, { recursive: true }),
    d => fs.cpSync(`${d}/dir`, `${d}/dir/sub/deep`, { recursive: true }),
    d => fs.cpSync(`${d}/a`, `${d}/a`),
    d => fs.cpSync(`${d}/link`, `${d}/a`),
    d => fs.cpSync(`${d}/a`, `${d}/a/b`),
    d => fs.cpSync(`${d}/a`, `${d}/dir/x`, { errorOnExist: true, force: false }),
    d => loosely.cpSync?.(`${d}/a`, `${d}/b`, { recursive: 5 }),
  ],
  symlinkSync: [
    d => fs.symlinkSync('a', `${d}/other`),
    d => fs.symlinkSync('dir', `${d}/other`, 'dir'),
    d => fs.symlinkSync('a', `${d}/link`),
    d => loosely.symlinkSync?.('a', `${d}/other`, 'nonsense'),
  ],
  linkSync: [d => fs.linkSync(`${d}/a`, `${d}/b`), d => fs.linkSync(`${d}/none`, `${d}/b`)],
  readlinkSync: [
    d => fs.readlinkSync(`${d}/link`),
    d => fs.readlinkSync(`${d}/link`, 'buffer'),
    d => fs.readlinkSync(`${d}/a`),
    d => fs.readlinkSync(`${d}/none`),
  ],
  realpathSync: [
    d => fs.realpathSync(`${d}/link`),
    d => fs.realpathSync(`${d}/dir/../link`, 'buffer'),
    d => fs.realpathSync(`${d}/none`),
    d => fs.realpathSync(`${d}/loop`),
    d => fs.realpathSync(`${d}/a/b`),
  ],
  'realpathSync.native': [
    d => fs.realpathSync.native(`${d}/link`),
    d => fs.realpathSync.native(`${d}/none`),
    d => fs.realpathSync.native(`${d}/loop`),
  ],
  chmodSync: [
    d => fs.chmodSync(`${d}/a`, 0o600),
    d => fs.chmodSync(`${d}/none`, '600'),
    d => fs.chmodSync(d, 'x'),
  ],
  chownSync: [
    d => fs.chownSync(`${d}/a`, process.getuid?.() ?? 0, process.getgid?.() ?? 0),
    d => fs.chownSync(`${d}/none`, 1, 1),
    d => fs.chownSync(`${d}/a`, -5, 1),
  ],
  lchownSync: [d => fs.lchownSync(`${d}/none`, 1, 1)],
  utimesSync: [
    d => [fs.utimesSync(`${d}/a`, 5, 6), fs.statSync(`${d}/a`).mtimeMs],
    d => fs.utimesSync(`${d}/none`, 1, 1),
    d => loosely.utimesSync?.(`${d}/a`, 'never', 1),
  ],
  lutimesSync: [
    d => [fs.lutimesSync(`${d}/link`, 5, 6), fs.lstatSync(`${d}/link`).mtimeMs],
    d => fs.lutimesSync(`${d}/none`, 1, 1),
  ],
  globSync: [
    d => fs.globSync('*', { cwd: d }).toSorted(),
    d => fs.globSync(['**/x', 'a'], { cwd: d }).toSorted(),
    d => fs.globSync('**', { cwd: d, exclude: name => name === 'dir' }).toSorted(),
    d => fs.globSync('d*', { cwd: d, withFileTypes: true }).map(entry => entry.name),
    d => fs.globSync('*', { cwd: `${d}/none` }),
    () => loosely.globSync?.(5),
  ],
}

compareFs(calls)

test('a path that can be none is none at once', async () => {
  expect(await inGreenlet(() => fs.existsSync('a\0b'))).toEqual({ value: false, hasWaited: false })
})

test('every blocking function of fs is compared that has an asynchronous form', () => {
  const compared = new Set([...Object.keys(calls), ...BY_CONTENT])
  const missing = Object.keys(fs).filter(
    name => name.endsWith('Sync') && name.replace(/Sync$/, '') in fs && !compared.has(name),
  )
  // Where there is none for the mode of a link, both are undefined.
  expect(missing.filter(name => name in fs && typeof (fs as never)[name] === 'function')).toEqual([])
})
